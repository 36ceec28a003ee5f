import { describe, expect, it } from 'vitest'
import type { Architecture } from '../../generated/types.js'
import { estimateHostCompute } from '../../src/memory/host-compute.js'
import type { LoadOptions } from '../../src/memory/index.js'
import { normalizeLoad } from '../../src/memory/load.js'
import { prepareModel } from '../../src/memory/model-shape.js'
import { planPlacement } from '../../src/memory/placement.js'
import { GIB } from '../../src/units.js'
import { GEMMA_3_4B, LLAMA_3_1_8B, LLAMA_3_2_1B, memoryOf, QWEN_3_30B_A3B } from './models.js'

/** Compute buffers that llama.cpp itself sizes when it is built without a GPU backend. */
const ROWS: [string, Architecture, LoadOptions, number][] = [
  ['llama 1B', LLAMA_3_2_1B, { context: 8192 }, 75_509_792],
  ['llama 1B, q8_0', LLAMA_3_2_1B, { context: 8192, kv_type_k: 'q8_0', kv_type_v: 'q8_0' }, 71_348_256],
  ['llama 8B', LLAMA_3_1_8B, { context: 8192 }, 130_035_744],
  ['llama 8B, four slots', LLAMA_3_1_8B, { context: 32768, parallel: 4 }, 130_035_744],
  ['gemma 3', GEMMA_3_4B, { context: 8192 }, 92_819_488],
  ['gemma 3, q8_0', GEMMA_3_4B, { context: 8192, kv_type_k: 'q8_0', kv_type_v: 'q8_0' }, 97_570_848],
  ['qwen3moe', QWEN_3_30B_A3B, { context: 8192 }, 100_675_616],
]

describe('the compute buffer without a GPU', () => {
  it.each(ROWS)('equals what llama.cpp sizes for %s', (_, architecture, load, bytes) => {
    const shape = prepareModel(architecture)
    expect(estimateHostCompute(shape, normalizeLoad(shape, load))).toBe(bytes)
  })

  it('is what a plan for a machine without a GPU counts, beside weights and cache', () => {
    const machine = {
      platform: 'linux' as const,
      arch: 'x64' as const,
      ram: { total_bytes: 64 * GIB, available_bytes: 60 * GIB },
      gpus: [],
      problems: [],
    }
    const { fit, estimate } = planPlacement(memoryOf(LLAMA_3_1_8B), { context: 8192 }, machine)
    expect(fit).toBe('cpu')
    expect(estimate.host).toEqual({
      weights_bytes: 1_553_260_800 + 3_359_637_504,
      kv_cache_bytes: 1_073_741_824,
      recurrent_state_bytes: 0,
      compute_bytes: 130_035_744,
      total_bytes: 6_116_675_872,
    })
  })
})
