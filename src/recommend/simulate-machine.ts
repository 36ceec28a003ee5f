import type { Gpu, Machine } from '../machine.js'

/**
 * The machine that a reader asks about: one GPU with so much free memory, so much RAM. What is not asked
 * about stays as it is.
 *
 * @param asked - Bytes; `vram_bytes` 0 means no GPU.
 */
export function simulateMachine(
  machine: Machine,
  asked: { vram_bytes?: number; ram_bytes?: number },
): Machine {
  const { vram_bytes, ram_bytes } = asked
  if (vram_bytes === undefined && ram_bytes === undefined) return machine
  return {
    ...machine,
    ram: ram_bytes === undefined ? machine.ram : { total_bytes: ram_bytes, available_bytes: ram_bytes },
    gpus: vram_bytes === undefined ? machine.gpus : vram_bytes === 0 ? [] : [simulateGpu(vram_bytes)],
    problems: vram_bytes === undefined ? machine.problems : [],
  }
}

function simulateGpu(bytes: number): Gpu {
  return {
    index: 0,
    vendor: 'nvidia',
    name: 'Simulated GPU',
    total_bytes: bytes,
    free_bytes: bytes,
    used_bytes: 0,
    utilization_percent: null,
    unified: false,
    budget_bytes: bytes,
    source: 'simulated',
  }
}
