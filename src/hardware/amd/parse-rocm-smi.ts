import { believableMemory, gpuFacts, normalizeDeviceId, normalizeSlot } from '../gpu-facts.js'
import { isRecord, lookUp, readText } from '../json-value.js'
import { parseBytesOf, parsePercent } from '../measure.js'
import { isAmdApu, normalizeGfx } from './amd-apu.js'
import type { AmdCard } from './parse-amd-smi.js'

const MAX_CARDS = 256

/**
 * Cards of `rocm-smi --showproductname --showuse --showmeminfo vram gtt --json`, in bytes and per cent. The keys change with
 * the version: "Card series" (up to 5), "Card Series" and "Device Name" (6), and a model that is the device's id, the board's id, or a
 * name. Beside the cards stands a "system" object.
 */
export function parseRocmSmi(json: unknown): AmdCard[] {
  if (!isRecord(json)) return []
  return Object.entries(json)
    .filter(([key]) => /^card\d{1,4}$/i.test(key))
    .slice(0, MAX_CARDS)
    .flatMap(([key, card]) => (isRecord(card) ? [parseCard(Number(key.slice(4)), card)] : []))
}

function parseCard(number: number, card: Record<string, unknown>): AmdCard {
  const measured = believableMemory(
    parseBytesOf(lookUp(card, 'VRAM Total Memory (B)'), 1),
    undefined,
    parseBytesOf(lookUp(card, 'VRAM Total Used Memory (B)'), 1),
  )
  const load = parsePercent(lookUp(card, 'GPU use (%)'))
  const id = normalizeDeviceId(lookUp(card, 'GPU ID', 'Device ID'))
  const gfx = normalizeGfx(lookUp(card, 'GFX Version'))
  const facts = gpuFacts('amd', 'amd.rocm_smi', {
    ...measured.memory,
    name: nameOf(card),
    slot: normalizeSlot(lookUp(card, 'PCI Bus')),
    device_id: id,
    gfx,
    utilization_percent: load.value,
    gtt_total_bytes: parseBytesOf(lookUp(card, 'GTT Total Memory (B)'), 1).value,
    gtt_used_bytes: parseBytesOf(lookUp(card, 'GTT Total Used Memory (B)'), 1).value,
  })
  facts.unified = isApuCard(card, facts) ? true : null
  return { number, facts, absurd: measured.absurd || load.absurd }
}

/** "Card Model" is the device's id in some versions and the board's in others, so it may only confirm an APU. */
function isApuCard(card: Record<string, unknown>, facts: AmdCard['facts']): boolean {
  if (isAmdApu(facts)) return true
  if (facts.gfx !== null || facts.device_id !== null) return false
  const model = normalizeDeviceId(lookUp(card, 'Card Model'))
  const sku = readText(lookUp(card, 'Card SKU'))
  return [model, null].some((id) => isAmdApu({ ...facts, device_id: id, name: id === null ? sku : null }))
}

function nameOf(card: Record<string, unknown>): string | null {
  for (const key of ['Card Series', 'Device Name', 'Card Model']) {
    const name = readText(lookUp(card, key))
    if (name !== null && !/^(?:0x[0-9a-f]+|N\/A|unknown|none)$/i.test(name)) return name
  }
  return null
}
