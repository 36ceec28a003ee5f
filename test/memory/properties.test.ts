import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateMemory, type KvType, type LoadOptions } from '../../src/memory/index.js'
import { GEMMA_3_4B, LLAMA_3_2_1B, memoryOf, QWEN_3_30B_A3B } from './models.js'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 60)
const MODELS = [LLAMA_3_2_1B, GEMMA_3_4B, QWEN_3_30B_A3B] as const
const BY_SIZE: readonly KvType[] = ['q4_0', 'q5_0', 'q8_0', 'f16', 'f32']

const model = fc.constantFrom(...MODELS)
const load = fc.record({
  context: fc.integer({ min: 256, max: 65536 }),
  parallel: fc.integer({ min: 1, max: 8 }),
  kv_unified: fc.boolean(),
  ubatch: fc.constantFrom(64, 256, 512, 1024),
  gpu_layers: fc.oneof(fc.constant('all' as const), fc.integer({ min: 0, max: 40 })),
})

const cacheOf = (architecture: (typeof MODELS)[number], options: LoadOptions) => {
  const { gpu, host } = estimateMemory(memoryOf(architecture), options)
  return gpu.kv_cache_bytes + host.kv_cache_bytes
}

describe('memory', () => {
  it('never shrinks with the context', () => {
    fc.assert(
      fc.property(model, load, fc.integer({ min: 1, max: 65536 }), (which, options, more) => {
        const longer = { ...options, context: options.context + more }
        expect(cacheOf(which, longer)).toBeGreaterThanOrEqual(cacheOf(which, options))
      }),
      { numRuns: RUNS },
    )
  })

  it('never shrinks with more slots of the same length', () => {
    fc.assert(
      fc.property(model, load, (which, options) => {
        const parallel = options.parallel + 1
        const more = { ...options, parallel, context: options.context * parallel }
        const less = { ...options, context: options.context * options.parallel }
        expect(cacheOf(which, more)).toBeGreaterThanOrEqual(cacheOf(which, less))
      }),
      { numRuns: RUNS },
    )
  })

  it('grows with the cache type', () => {
    fc.assert(
      fc.property(model, load, (which, options) => {
        const sizes = BY_SIZE.map((type) => cacheOf(which, { ...options, kv_type_k: type, kv_type_v: type }))
        expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
      }),
      { numRuns: RUNS },
    )
  })

  it('grows with the bits of the quantization', () => {
    for (const which of MODELS) {
      const totals = ['Q3_K_M', 'Q4_K_M', 'Q5_K_M', 'Q6_K', 'Q8_0'].map((quantization) => {
        const { gpu } = estimateMemory(memoryOf(which, quantization), { context: 8192 })
        return gpu.total_bytes
      })
      expect(totals).toEqual(totals.toSorted((a, b) => a - b))
    }
  })

  it('is whole, finite and the sum of its parts on both sides', () => {
    fc.assert(
      fc.property(model, load, (which, options) => {
        const { gpu, host } = estimateMemory(memoryOf(which), options)
        for (const side of [gpu, host]) {
          for (const bytes of Object.values(side)) expect(Number.isSafeInteger(bytes)).toBe(true)
          const parts = side.weights_bytes + side.kv_cache_bytes + side.recurrent_state_bytes
          expect(side.total_bytes).toBeGreaterThanOrEqual(parts + side.compute_bytes)
        }
      }),
      { numRuns: RUNS },
    )
  })
})
