import type { Gpu, Machine } from '../machine.js'
import { runtimeOverhead } from './overhead.js'

/** A device that a model may be put on. */
export interface Device {
  index: number
  name: string
  vendor: Gpu['vendor']
  /** May be allocated now; `null`: the probe cannot know, and nothing is assumed. */
  available_bytes: number | null
  /** What the runtime itself takes there. */
  overhead_bytes: number
  /** Its memory is the machine's own: what goes there is gone for the processor. */
  unified: boolean
}

/**
 * The machine's devices with what is free on each: free memory within the budget, and for shared memory
 * no more than the RAM that is available.
 */
export function devicesOf(machine: Machine): Device[] {
  const parents = new Set(machine.gpus.map((gpu) => gpu.mig_parent).filter((index) => index !== undefined))
  return machine.gpus
    .filter((gpu) => gpu.mig_parent !== undefined || !parents.has(gpu.index))
    .map((gpu) => ({
      index: gpu.index,
      name: gpu.name,
      vendor: gpu.vendor,
      available_bytes: availableOn(gpu, machine),
      overhead_bytes: runtimeOverhead(gpu.vendor).bytes,
      unified: gpu.unified,
    }))
}

function availableOn(gpu: Gpu, machine: Machine): number | null {
  const ram = machine.ram.available_bytes
  // A shared-memory device without a figure of its own has what the system has left.
  const free = gpu.free_bytes ?? (gpu.unified ? ram : null)
  if (free === null) return null
  const used = gpu.used_bytes ?? 0
  const budget = gpu.budget_bytes === null ? free : Math.max(0, gpu.budget_bytes - used)
  const least = Math.min(free, budget)
  return gpu.unified && ram !== null ? Math.min(least, ram) : least
}

/** Devices that can hold one model together: of one vendor, with memory of their own, and known. */
export function deviceGroups(devices: readonly Device[]): Device[][] {
  const groups = new Map<string, Device[]>()
  for (const device of devices) {
    if (device.available_bytes === null || device.unified) continue
    groups.set(device.vendor, [...(groups.get(device.vendor) ?? []), device])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}
