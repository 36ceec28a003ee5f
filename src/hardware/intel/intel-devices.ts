import type { GpuFacts } from '../gpu-facts.js'

/**
 * PCI device ids of Intel GPUs with memory of their own, from the id tables of the kernel's i915 and xe drivers
 * (include/drm/intel/pciids.h): DG1, Arc A and Data Center Flex (DG2, ATS-M), Data Center Max, Arc B.
 */
const DISCRETE_IDS: readonly (readonly [from: number, to: number])[] = [
  [0x4905, 0x4909],
  [0x4f80, 0x4f88],
  [0x5690, 0x56c2],
  [0x0b69, 0x0b6e],
  [0x0bd0, 0x0bdb],
  [0xe202, 0xe2ff],
]

const DISCRETE_NAME =
  /\bArc\W*(?:\(TM\)\W*)?(?:Pro\W*)?[AB]\d{2,3}[A-Z]?\b|\bData Center GPU\b|\bIris\b.*\bXe MAX\b|\bDG[12]\b/i
const INTEGRATED_NAME =
  /\b(?:U?HD Graphics|Iris|GMA|Arc\W*(?:\(TM\)\W*)?(?:Pro\W*)?(?:1[34]0[TV]|Graphics|GPU))\b/i

/** Every integrated GPU since 2004 sits at this address. */
const INTEGRATED_SLOT = '0000:00:02.0'

/** True for a GPU with memory of its own, told by its id, else by its address, else by its name. */
export function isDiscreteIntel(
  facts: Pick<GpuFacts, 'device_id' | 'slot' | 'name' | 'total_bytes'>,
): boolean {
  const { device_id: id, slot, name } = facts
  if (id !== null) {
    const number = Number.parseInt(id, 16)
    if (DISCRETE_IDS.some(([from, to]) => number >= from && number <= to)) return true
  }
  if (slot === INTEGRATED_SLOT) return false
  if (name !== null && DISCRETE_NAME.test(name)) return true
  if (name !== null && INTEGRATED_NAME.test(name)) return false
  // An id that is not known yet, behind a bridge: a card in a slot.
  return slot !== null
}
