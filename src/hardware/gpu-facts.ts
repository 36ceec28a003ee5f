import type { Gpu, GpuVendor, Problem } from '../machine.js'
import { ABSURD, type Measured } from './measure.js'

/** What one probe says about one GPU. `null` is "this probe does not say". */
export interface GpuFacts {
  vendor: GpuVendor
  /** Probe that said so. */
  source: string
  name: string | null
  /** PCI address as sysfs spells it, `0000:01:00.0`. */
  slot: string | null
  /** PCI device id, four lower-case hex digits. */
  device_id: string | null
  total_bytes: number | null
  free_bytes: number | null
  used_bytes: number | null
  utilization_percent: number | null
  unified: boolean | null
  /** System memory that the driver lets an AMD GPU use beside its own (GTT). */
  gtt_total_bytes: number | null
  gtt_used_bytes: number | null
  /** Graphics core version of an AMD GPU, `gfx1151`. */
  gfx: string | null
  /** Kernel driver that is bound to the card. */
  driver: string | null
  /** Powered down by the kernel; asking it anything would wake it. */
  asleep: boolean
  /** nvidia-smi's number of the card that a MIG instance belongs to. */
  mig_parent: number | null
  /** GPU cores of an Apple chip, which tell apart chips of one name. */
  cores: number | null
  budget_bytes: number | null
  budget_estimated: boolean
  /** A card that is there and not listed itself: its MIG instances are. */
  hidden: boolean
}

/** What one vendor's probes found, and what went wrong. */
export interface ProbeReport {
  gpus: GpuFacts[]
  problems: Problem[]
}

export function gpuFacts(vendor: GpuVendor, source: string, known: Partial<GpuFacts> = {}): GpuFacts {
  return {
    vendor,
    source,
    name: null,
    slot: null,
    device_id: null,
    total_bytes: null,
    free_bytes: null,
    used_bytes: null,
    utilization_percent: null,
    unified: null,
    gtt_total_bytes: null,
    gtt_used_bytes: null,
    gfx: null,
    driver: null,
    asleep: false,
    mig_parent: null,
    cores: null,
    budget_bytes: null,
    budget_estimated: false,
    hidden: false,
    ...known,
  }
}

type Memory = Pick<Gpu, 'total_bytes' | 'free_bytes' | 'used_bytes'>

/**
 * Memory of a card from the numbers that a tool gives. A total of 0 means that the tool cannot see it, and then 0
 * used or free means nothing either. More used or free than there is cannot be.
 *
 * @param free - `undefined` where the tool has no such number at all: free is then total minus used.
 */
export function believableMemory(
  total: Measured,
  free: Measured | undefined,
  used: Measured,
): { memory: Memory; absurd: boolean } {
  const known = total.value !== null && total.value > 0 ? total.value : null
  // A card that has memory of which none is free and none is used: the tool could not see it.
  const blind = known !== null && free?.value === 0 && used.value === 0
  const freeOk = free && (blind ? ABSURD : within(free, known))
  const usedOk = blind ? ABSURD : within(used, known)
  const derived = known !== null && usedOk.value !== null ? known - usedOk.value : null
  return {
    memory: {
      total_bytes: known,
      free_bytes: known === null ? null : freeOk ? freeOk.value : derived,
      used_bytes: known === null && usedOk.value === 0 ? null : usedOk.value,
    },
    absurd: total.absurd || freeOk?.absurd === true || usedOk.absurd,
  }
}

function within(part: Measured, total: number | null): Measured {
  return part.value !== null && total !== null && part.value > total ? ABSURD : part
}

/** `00000000:2D:00.0`, `2d:00.0` and `0000:2d:00.0` are one address. */
export function normalizeSlot(text: unknown): string | null {
  if (typeof text !== 'string') return null
  const match = /^(?:([0-9a-f]{1,8}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i.exec(text.trim())
  if (match === null) return null
  const domain = Number.parseInt(match[1] ?? '0', 16)
    .toString(16)
    .padStart(4, '0')
  return `${domain}:${match[2]}:${match[3]}.${match[4]}`.toLowerCase()
}

/** `0x1E07\n`, `1e07` and `0x1e07` are one id; also the leading zeros that `0xc1e` leaves out. */
export function normalizeDeviceId(text: unknown): string | null {
  if (typeof text !== 'string') return null
  const match = /^(?:0x)?0{0,4}([0-9a-f]{1,4})$/i.exec(text.trim())
  return match === null ? null : (match[1] ?? '').toLowerCase().padStart(4, '0')
}
