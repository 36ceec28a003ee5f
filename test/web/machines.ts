import type { Gpu, Machine } from '../../src/machine.js'
import { GIB } from '../../src/units.js'

/** Machines as `hardware --json` prints them; all values invented. */
function card(index: number, name: string, total: number, free: number): Gpu {
  return {
    index,
    vendor: 'nvidia',
    name,
    total_bytes: total * GIB,
    free_bytes: Math.round(free * GIB),
    used_bytes: Math.round((total - free) * GIB),
    utilization_percent: 3,
    unified: false,
    budget_bytes: total * GIB,
    source: 'nvidia.query',
  }
}

function machine(ram: number, available: number, gpus: Gpu[], problems: Machine['problems'] = []): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    ram: { total_bytes: ram * GIB, available_bytes: available * GIB },
    gpus,
    problems,
  }
}

/** Room for everything, so that no forecast has to search. */
export const LARGE = machine(4096, 4096, [card(0, 'NVIDIA Test Card', 2048, 2000)])
export const ONE_CARD = machine(64, 48, [card(0, 'NVIDIA GeForce RTX 4090', 24, 22.1)])
export const NO_CARD = machine(
  16,
  12,
  [],
  [{ probe: 'nvidia.query', kind: 'driver_mismatch', message: 'mismatch', hint: 'restart' }],
)
