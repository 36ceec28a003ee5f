import { describe, expect, it } from 'vitest'
import type { Architecture } from '../../generated/types.js'
import { estimateMemory } from '../../src/memory/index.js'
import { GEMMA_3_4B, LLAMA_3_1_8B, LLAMA_3_2_1B, memoryOf, QWEN_3_30B_A3B } from './models.js'

const MIB = 1024 ** 2

describe('estimateMemory', () => {
  it('equals what llama.cpp reports for Llama 3.2 1B in Q4_K_M at 8,192 tokens', () => {
    const { gpu } = estimateMemory(memoryOf(LLAMA_3_2_1B), { context: 8192 })
    expect(gpu).toEqual({
      weights_bytes: 799_862_912,
      kv_cache_bytes: 268_435_456,
      recurrent_state_bytes: 0,
      compute_bytes: 71_313_536,
      total_bytes: 1_139_611_904,
    })
  })

  // 32 blocks * 8 heads * 128 * 2 (K and V) * bytes of an element * 8,192 cells.
  it.each([
    ['f16', 1024],
    ['q8_0', 544],
    ['q4_0', 288],
    ['f32', 2048],
  ] as const)('counts %s caches of Llama 3.1 8B as %i MiB', (type, mib) => {
    const load = { context: 8192, kv_type_k: type, kv_type_v: type }
    expect(estimateMemory(memoryOf(LLAMA_3_1_8B), load).gpu.kv_cache_bytes).toBe(mib * MIB)
  })

  // 29 windowed blocks of 1,536 cells (1,024 + 512) and 5 full ones of 32,768, each 4 * 256 * 2 * 2 bytes.
  it('gives sliding-window blocks their window and not the context', () => {
    const { gpu } = estimateMemory(memoryOf(GEMMA_3_4B), { context: 32768 })
    expect(gpu.kv_cache_bytes).toBe((29 * 1536 + 5 * 32768) * 4096)
  })

  it('rounds every separate slot up to 256 cells', () => {
    const one = estimateMemory(memoryOf(LLAMA_3_2_1B), { context: 1000, parallel: 3 })
    // 1,024 / 3 = 341 cells a slot become 512.
    expect(one.gpu.kv_cache_bytes).toBe(3 * 512 * 16 * 1024 * 2)
  })

  it('moves whole blocks to the host and keeps the cache with them', () => {
    const { gpu, host } = estimateMemory(memoryOf(LLAMA_3_2_1B), { context: 8192, gpu_layers: 9 })
    expect(gpu.kv_cache_bytes).toBe(host.kv_cache_bytes)
  })

  it('keeps routed experts on the host where asked to', () => {
    const model = memoryOf(QWEN_3_30B_A3B)
    const all = estimateMemory(model, { context: 8192 })
    const half = estimateMemory(model, { context: 8192, cpu_moe_layers: 24 })
    const sum = (bytes: readonly number[] = []) =>
      bytes.slice(0, 24).reduce((total, value) => total + value, 0)
    // Rows of 768 elements are padded on the GPU, and the padding goes with them.
    const experts = sum(model.weights.expert_bytes) + sum(model.weights.padding?.gpu.expert_bytes)
    expect(all.gpu.weights_bytes - half.gpu.weights_bytes).toBe(experts)
    expect(half.gpu.kv_cache_bytes).toBe(all.gpu.kv_cache_bytes)
  })

  it('labels an architecture that it does not know and still bounds it', () => {
    const unknown: Architecture = { ...LLAMA_3_1_8B, 'general.architecture': 'some-new-model' }
    const weights = memoryOf(LLAMA_3_1_8B).weights
    const known = estimateMemory({ architecture: LLAMA_3_1_8B, weights }, { context: 8192 })
    const { gpu, basis } = estimateMemory({ architecture: unknown, weights }, { context: 8192 })
    expect(gpu.weights_bytes).toBe(known.gpu.weights_bytes)
    expect(gpu.compute_bytes).toBeGreaterThanOrEqual(known.gpu.compute_bytes)
    expect(basis.assumptions.join(' ')).toContain('some-new-model is not known')
  })

  it.each([
    [{ context: 0 }, 'context must be a whole number from 1 to 134217728'],
    [{ context: 4096, parallel: 1.5 }, 'parallel must be a whole number from 1 to 256'],
    [{ context: 4096, kv_type_v: 'q8_0', flash_attention: false }, 'a q8_0 V cache needs flash attention'],
  ] as const)('refuses %o', (load, message) => {
    expect(() => estimateMemory(memoryOf(LLAMA_3_2_1B), load)).toThrow(message)
  })
})
