import type { Gpu, Machine } from '../../src/machine.js'
import { GIB } from '../../src/units.js'

export function gpu(free: number, more: Partial<Gpu> = {}): Gpu {
  return {
    index: 0,
    vendor: 'nvidia',
    name: 'Test GPU',
    total_bytes: Math.ceil(free) * GIB,
    free_bytes: free * GIB,
    used_bytes: 0,
    utilization_percent: 0,
    unified: false,
    budget_bytes: Math.ceil(free) * GIB,
    source: 'test',
    ...more,
  }
}

/** A machine with so much available memory, in GiB, and these GPUs. */
export function machine(ram: number, gpus: Gpu[] = []): Machine {
  const ramBytes = { total_bytes: ram * GIB, available_bytes: ram * GIB }
  return { platform: 'linux', arch: 'x64', ram: ramBytes, gpus, problems: [] }
}
