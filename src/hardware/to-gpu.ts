import type { Gpu, Machine } from '../machine.js'
import { countsGttTwice, isAmdApu } from './amd/amd-apu.js'
import type { GpuFacts } from './gpu-facts.js'
import { isUnifiedNvidia } from './nvidia/nvidia-unified.js'

export interface SystemMemory {
  ram: Machine['ram']
  /** A container's limit, where it has one: it holds for memory that a GPU shares as well. */
  limit_bytes: number | null
}

type Numbers = Pick<Gpu, 'total_bytes' | 'free_bytes' | 'used_bytes' | 'budget_bytes' | 'budget_estimated'>

const VENDOR_NAMES = { nvidia: 'NVIDIA', amd: 'AMD', intel: 'Intel', apple: 'Apple' } as const
const VENDOR_IDS = { nvidia: '10de', amd: '1002', intel: '8086', apple: '106b' } as const

/** What the probes know of a card, as the machine lists it. */
export function toGpu(facts: GpuFacts, memory: SystemMemory, index: number): Gpu {
  const unified = isUnified(facts)
  const numbers = unified ? sharedNumbers(facts, memory) : ownNumbers(facts)
  return {
    index,
    vendor: facts.vendor,
    name: facts.name ?? unnamed(facts),
    ...numbers,
    utilization_percent: facts.utilization_percent,
    unified,
    source: facts.source,
    ...(facts.mig_parent === null ? {} : { mig_parent: facts.mig_parent }),
  }
}

function unnamed(facts: GpuFacts): string {
  const id = facts.device_id === null ? '' : ` [${VENDOR_IDS[facts.vendor]}:${facts.device_id}]`
  return `${VENDOR_NAMES[facts.vendor]} GPU${id}`
}

function isUnified(facts: GpuFacts): boolean {
  if (facts.unified !== null) return facts.unified
  if (facts.vendor === 'amd') return isAmdApu(facts)
  if (facts.vendor === 'nvidia') return isUnifiedNvidia(facts.name, facts.device_id)
  return facts.vendor === 'apple'
}

function ownNumbers(facts: GpuFacts): Numbers {
  const { total_bytes, free_bytes, used_bytes } = facts
  return { total_bytes, free_bytes, used_bytes, budget_bytes: total_bytes }
}

function sharedNumbers(facts: GpuFacts, memory: SystemMemory): Numbers {
  if (facts.vendor === 'amd') return apuNumbers(facts, memory)
  // What an integrated Intel GPU may use is up to its driver and is not told anywhere.
  if (facts.vendor === 'intel')
    return { total_bytes: null, free_bytes: null, used_bytes: null, budget_bytes: null }
  const { ram } = memory
  const total = facts.vendor === 'apple' ? (facts.total_bytes ?? ram.total_bytes) : ram.total_bytes
  return {
    total_bytes: total,
    free_bytes: ram.available_bytes,
    used_bytes: facts.used_bytes,
    budget_bytes: facts.budget_bytes ?? total,
    ...(facts.budget_estimated ? { budget_estimated: true } : {}),
  }
}

/** An APU has its carve-out, and beside it as much of the system's memory as the driver's GTT allows. */
function apuNumbers(facts: GpuFacts, memory: SystemMemory): Numbers {
  const { total_bytes: own, used_bytes: ownUsed, gtt_total_bytes: gtt, gtt_used_bytes: gttUsed } = facts
  if (own === null || countsGttTwice(facts)) return ownNumbers(facts)
  const limit = memory.limit_bytes ?? Number.POSITIVE_INFINITY
  if (gtt === null || gtt === 0) {
    const ram = memory.ram.total_bytes
    // Both amdgpu and Windows let a GPU share half of the memory unless told otherwise.
    const budget = ram === null ? null : Math.min(own + Math.floor(ram / 2), limit)
    return {
      ...ownNumbers(facts),
      budget_bytes: budget,
      ...(budget === null ? {} : { budget_estimated: true }),
    }
  }
  const used = ownUsed === null || gttUsed === null || gttUsed > gtt ? null : ownUsed + gttUsed
  const shared = Math.min(gtt - (gttUsed ?? 0), memory.ram.available_bytes ?? gtt)
  return {
    total_bytes: own + gtt,
    free_bytes: used === null ? null : own - (ownUsed ?? 0) + Math.max(0, shared),
    used_bytes: used,
    budget_bytes: Math.min(own + gtt, limit),
  }
}
