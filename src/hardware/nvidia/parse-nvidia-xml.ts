import { MIB } from '../../units.js'
import { believableMemory, gpuFacts, normalizeDeviceId, normalizeSlot } from '../gpu-facts.js'
import { parseBytesOf, parsePercent } from '../measure.js'
import type { NvidiaRow } from './parse-nvidia-query.js'
import { findAll, parseXml, textAt, type XmlElement } from './parse-xml.js'

export interface NvidiaXmlCard extends NvidiaRow {
  migEnabled: boolean
  instances: MigInstance[]
}

export interface MigInstance extends NvidiaRow {
  /** nvidia-smi's number of its first compute instance, as in `nvidia-smi -L`. */
  device: number
}

const MAX_CARDS = 256

/**
 * Cards of `nvidia-smi -q -x`. The answer of every driver since 390 has the same elements where it matters; memory is
 * in MiB. A card's own memory is its direct child: those of MIG devices come before it in the text.
 */
export function parseNvidiaXml(stdout: string): NvidiaXmlCard[] {
  return findAll(parseXml(stdout), 'gpu')
    .slice(0, MAX_CARDS)
    .map((gpu, number) => {
      const id = /id="([^"]*)"/.exec(gpu.attributes)?.[1]
      const device = textAt(gpu, 'pci', 'pci_device_id')
      const row = parseElement(gpu, number)
      row.facts.name = nameOf(gpu)
      row.facts.slot = normalizeSlot(id) ?? normalizeSlot(textAt(gpu, 'pci', 'pci_bus_id'))
      // Device and vendor in one number: 248710DE.
      row.facts.device_id = normalizeDeviceId(/^(?:0x)?([0-9a-f]{4})10de$/i.exec(device ?? '')?.[1])
      return {
        ...row,
        migEnabled: textAt(gpu, 'mig_mode', 'current_mig') === 'Enabled',
        instances: parseInstances(gpu, number),
      }
    })
}

function nameOf(gpu: XmlElement): string | null {
  const name = textAt(gpu, 'product_name') ?? ''
  return name === '' || /^(?:N\/A|Unknown Error|ERR!|\[.*\])$/i.test(name) ? null : name.slice(0, 200)
}

/** One for each GPU instance: its compute instances share the memory that each of them shows. */
function parseInstances(gpu: XmlElement, number: number): MigInstance[] {
  const byInstance = new Map<string, MigInstance>()
  for (const device of findAll(gpu, 'mig_device').slice(0, MAX_CARDS)) {
    const index = Number(textAt(device, 'index') ?? byInstance.size)
    const id = textAt(device, 'gpu_instance_id') ?? `device ${index}`
    if (byInstance.has(id)) continue
    const row = parseElement(device, number)
    row.facts.mig_parent = number
    byInstance.set(id, { ...row, device: index })
  }
  return [...byInstance.values()]
}

function parseElement(element: XmlElement, number: number): NvidiaRow {
  const memory = textAt(element, 'fb_memory_usage') === undefined ? 'memory_usage' : 'fb_memory_usage'
  const measured = believableMemory(
    parseBytesOf(textAt(element, memory, 'total'), MIB),
    parseBytesOf(textAt(element, memory, 'free'), MIB),
    parseBytesOf(textAt(element, memory, 'used'), MIB),
  )
  const load = parsePercent(textAt(element, 'utilization', 'gpu_util'))
  return {
    number,
    facts: gpuFacts('nvidia', 'nvidia.xml', { ...measured.memory, utilization_percent: load.value }),
    lost: /GPU is lost/i.test(`${textAt(element, memory, 'total')} ${textAt(element, 'product_name')}`),
    absurd: measured.absurd || load.absurd,
  }
}
