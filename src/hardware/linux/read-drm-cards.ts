import type { GpuVendor } from '../../machine.js'
import { believableMemory, gpuFacts, normalizeDeviceId, normalizeSlot, type GpuFacts } from '../gpu-facts.js'
import { isDiscreteIntel } from '../intel/intel-devices.js'
import { parseBytesOf, parsePercent, UNKNOWN, type Measured } from '../measure.js'
import type { ProbeSource } from '../probe-source.js'

const DRM = '/sys/class/drm'
const MAX_CARDS = 256

const VENDORS: Readonly<Record<string, GpuVendor>> = {
  '0x10de': 'nvidia',
  '0x1002': 'amd',
  '0x8086': 'intel',
}

export interface DrmCard {
  facts: GpuFacts
  absurd: boolean
}

/**
 * GPUs of NVIDIA, AMD and Intel that have a kernel driver. Connectors (`card0-DP-1`), render nodes and the displays of
 * servers and virtual machines are none. A card that is powered down is named, and nothing is read that would wake it.
 */
export function readDrmCards(source: ProbeSource): DrmCard[] {
  const bySlot = new Map<string, DrmCard>()
  const names = source.listDirectory(DRM).filter((name) => /^card\d{1,4}$/.test(name))
  for (const name of names.slice(0, MAX_CARDS)) {
    const card = readCard(source, `${DRM}/${name}`)
    if (card === null) continue
    const key = card.facts.slot ?? name
    if (!bySlot.has(key)) bySlot.set(key, card)
  }
  return [...bySlot.values()]
}

function readCard(source: ProbeSource, path: string): DrmCard | null {
  const read = (file: string): string | null => source.readFile(`${path}/device/${file}`)?.trim() ?? null
  const vendor = VENDORS[read('vendor')?.toLowerCase() ?? '']
  if (vendor === undefined || !isDisplayClass(read('class'))) return null
  const uevent = read('uevent') ?? ''
  const facts = gpuFacts(vendor, `${vendor}.sysfs`, {
    slot: normalizeSlot(/^PCI_SLOT_NAME=(\S+)$/m.exec(uevent)?.[1]),
    device_id: normalizeDeviceId(read('device')),
    driver: /^DRIVER=(\S{1,40})$/m.exec(uevent)?.[1] ?? null,
    asleep: /^suspended/.test(read('power/runtime_status') ?? ''),
  })
  if (vendor === 'intel' && INTEL_VIRTUAL_SLOT.test(facts.slot ?? '')) return null
  if (facts.asleep || vendor === 'nvidia') return { facts, absurd: false }
  return vendor === 'amd' ? readAmd(facts, read) : readIntel(source, path, facts)
}

/** Virtual functions of an integrated Intel GPU: parts of it that a virtual machine may be given. */
const INTEL_VIRTUAL_SLOT = /^0000:00:02\.[1-7]$/

/** Display controllers (03) and AMD's accelerators without an output (12). */
function isDisplayClass(value: string | null): boolean {
  return value === null || /^0x0*(?:3|12)[0-9a-f]{4}$/i.test(value)
}

function readAmd(facts: GpuFacts, read: (file: string) => string | null): DrmCard {
  const bytes = (file: string): Measured => parseBytesOf(read(file), 1)
  const measured = believableMemory(bytes('mem_info_vram_total'), undefined, bytes('mem_info_vram_used'))
  const load = parsePercent(read('gpu_busy_percent'))
  const gttTotal = bytes('mem_info_gtt_total')
  const product = read('product_name')
  return {
    facts: {
      ...facts,
      ...measured.memory,
      name: product === null || product === '' ? null : product.slice(0, 200),
      utilization_percent: load.value,
      gtt_total_bytes: gttTotal.value,
      gtt_used_bytes: bytes('mem_info_gtt_used').value,
    },
    absurd: measured.absurd || load.absurd || gttTotal.absurd,
  }
}

/** xe has a file for each tile; i915 had `lmem_*` beside the device or in it. An integrated GPU has neither. */
function readIntel(source: ProbeSource, path: string, facts: GpuFacts): DrmCard {
  const tiles = source.listDirectory(`${path}/device`).filter((name) => /^tile\d{1,2}$/.test(name))
  const sizes = tiles.map((tile) =>
    parseBytesOf(readNumber(source, `${path}/device/${tile}/physical_vram_size_bytes`), 1),
  )
  const tileTotal = sizes.reduce(add, UNKNOWN)
  const local = (file: string): Measured => {
    const text = readNumber(source, `${path}/${file}`) ?? readNumber(source, `${path}/device/${file}`)
    return parseBytesOf(text, 1)
  }
  const lmem = believableMemory(local('lmem_total_bytes'), local('lmem_avail_bytes'), UNKNOWN)
  const tile = believableMemory(tileTotal, UNKNOWN, UNKNOWN)
  const memory = tile.memory.total_bytes === null ? lmem.memory : tile.memory
  const discrete = memory.total_bytes !== null || isDiscreteIntel(facts)
  return { facts: { ...facts, ...memory, unified: !discrete }, absurd: lmem.absurd || tile.absurd }
}

function readNumber(source: ProbeSource, path: string): string | null {
  const text = source.readFile(path)?.trim() ?? null
  return text !== null && /^0x[0-9a-f]{1,13}$/i.test(text) ? String(Number.parseInt(text, 16)) : text
}

function add(sum: Measured, part: Measured): Measured {
  const known = sum.value !== null || part.value !== null
  return { value: known ? (sum.value ?? 0) + (part.value ?? 0) : null, absurd: sum.absurd || part.absurd }
}
