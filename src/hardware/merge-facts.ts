import type { GpuFacts } from './gpu-facts.js'

/** Memory of one card as two tools see it differs by what the driver keeps back, a few per cent. */
const TOLERANCE = 0.1

type Match = (a: GpuFacts, b: GpuFacts) => boolean

const sameSlot: Match = (a, b) => a.slot !== null && a.slot === b.slot
const sameDevice: Match = (a, b) => a.device_id !== null && a.device_id === b.device_id
const sameName: Match = (a, b) => a.name !== null && b.name !== null && nameKey(a.name) === nameKey(b.name)
const sameSize: Match = (a, b) =>
  a.total_bytes !== null &&
  b.total_bytes !== null &&
  Math.abs(a.total_bytes - b.total_bytes) <= TOLERANCE * Math.max(a.total_bytes, b.total_bytes)

/** From the surest sign to the weakest; what is then left is paired in order. */
const MATCHES: readonly Match[] = [
  sameSlot,
  (a, b) => sameDevice(a, b) && sameSize(a, b),
  (a, b) => sameName(a, b) && sameSize(a, b),
  sameDevice,
  sameName,
  sameSize,
  () => true,
]

/** Two cards for certain: another address, another chip, or another size. */
function contradict(a: GpuFacts, b: GpuFacts): boolean {
  if (a.vendor !== b.vendor) return true
  if (a.slot !== null && b.slot !== null) return a.slot !== b.slot
  if (a.device_id !== null && b.device_id !== null) return a.device_id !== b.device_id
  if (a.unified !== null && b.unified !== null && a.unified !== b.unified) return true
  return a.total_bytes !== null && b.total_bytes !== null && !sameSize(a, b) && !sameName(a, b)
}

/**
 * Joins what another probe found to what is known. A card that both see stays one card: it keeps what it has and gets what it
 * lacks. A card that only the other probe sees is added.
 */
export function mergeFacts(known: GpuFacts[], found: GpuFacts[]): GpuFacts[] {
  const merged = [...known]
  // A MIG instance is a part of a card, never the counterpart of one.
  const free = new Set(merged.keys())
  merged.forEach((facts, index) => facts.mig_parent !== null && free.delete(index))
  let rest = found
  for (const match of MATCHES) {
    rest = rest.filter((other) => {
      const index = [...free].find((candidate) => {
        const facts = merged[candidate]
        return facts !== undefined && !contradict(facts, other) && match(facts, other)
      })
      const facts = index === undefined ? undefined : merged[index]
      if (index === undefined || facts === undefined) return true
      merged[index] = complete(facts, other)
      free.delete(index)
      return false
    })
  }
  return [...merged, ...rest]
}

/** `facts` with what it does not say taken from `other`; memory is taken as a whole, never mixed from two moments. */
function complete(facts: GpuFacts, other: GpuFacts): GpuFacts {
  const takeMemory = facts.total_bytes === null && other.total_bytes !== null
  const takeUse =
    !takeMemory && facts.free_bytes === null && facts.used_bytes === null && sameSize(facts, other)
  return {
    ...facts,
    source: takeMemory ? other.source : facts.source,
    name: facts.name ?? other.name,
    slot: facts.slot ?? other.slot,
    device_id: facts.device_id ?? other.device_id,
    total_bytes: facts.total_bytes ?? other.total_bytes,
    free_bytes: takeMemory || takeUse ? other.free_bytes : facts.free_bytes,
    used_bytes: takeMemory || takeUse ? other.used_bytes : facts.used_bytes,
    utilization_percent: facts.utilization_percent ?? other.utilization_percent,
    unified: facts.unified ?? other.unified,
    gtt_total_bytes: facts.gtt_total_bytes ?? other.gtt_total_bytes,
    gtt_used_bytes: facts.gtt_total_bytes === null ? other.gtt_used_bytes : facts.gtt_used_bytes,
    gfx: facts.gfx ?? other.gfx,
    driver: facts.driver ?? other.driver,
    asleep: facts.asleep || other.asleep,
    cores: facts.cores ?? other.cores,
  }
}

function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((?:r|tm)\)|\b(?:nvidia|amd|ati|intel|corporation)\b/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
