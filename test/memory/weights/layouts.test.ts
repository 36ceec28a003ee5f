import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countParameters,
  estimateMetadataBytes,
  placeWeights,
  sumOfLayout,
  tensorInventory,
  weightLayoutFromMix,
  weightLayoutFromTensors,
  weightLayoutOfFile,
  weightLayoutScaled,
} from '../../../src/memory/weights/index.js'
import { LLAMA_32_1B, MIXTRAL, NOMIC, PHI_35_MINI, QWEN3_06B, UNKNOWN } from './models.js'

describe('tensorInventory', () => {
  it('lists the 147 tensors of Llama 3.2 1B', () => {
    const tensors = tensorInventory(LLAMA_32_1B)
    expect(tensors).toHaveLength(147)
    expect(tensors).toContainEqual({ name: 'blk.15.ffn_down.weight', shape: [8192, 2048] })
  })

  it('is empty for an architecture it does not know', () => {
    expect(tensorInventory(UNKNOWN)).toEqual([])
  })
})

describe('countParameters', () => {
  it('counts tied embeddings once', () => {
    expect(countParameters(LLAMA_32_1B)).toEqual({ total: 1_235_814_400, active: 1_235_814_400 })
  })

  it('leaves out the experts that a token does not use', () => {
    expect(countParameters(MIXTRAL)).toEqual({ total: 46_702_792_704, active: 12_879_925_248 })
  })
})

describe('weightLayoutFromTensors', () => {
  it('counts blocks that are not loaded apart, and types it does not know by their bytes', () => {
    const layout = weightLayoutFromTensors({ ...LLAMA_32_1B, block_count: 2, nextn_predict_layers: 1 }, [
      { name: 'token_embd.weight', type: 'Q6_K', shape: [2048, 128256] },
      { name: 'output.weight', type: 'MADE_UP', shape: [2048, 10], bytes: 777 },
      { name: 'blk.0.ffn_up_exps.weight', type: 'Q8_0', shape: [64, 2, 4] },
      { name: 'blk.0.attn_norm.weight', type: 'F32', shape: [8] },
      { name: 'blk.1.attn_norm.weight', type: 'F32', shape: [8] },
    ])
    expect(layout).toMatchObject({
      token_embd_bytes: 215_470_080,
      output_bytes: 777,
      block_bytes: [576],
      expert_bytes: [544],
      largest_tensor_bytes: [544],
      unloaded_bytes: 32,
    })
  })
})

describe('weightLayoutScaled', () => {
  it('shares out exactly the bytes that are not metadata', () => {
    const layout = weightLayoutScaled(LLAMA_32_1B, 'UD-Q4_K_XL', 850_000_000)
    const expected = 850_000_000 - estimateMetadataBytes(LLAMA_32_1B)
    expect(layout.basis).toBe('scaled')
    expect(Math.abs(sumOfLayout(layout) - expected)).toBeLessThan(20)
  })

  it('takes an architecture it does not know for a llama', () => {
    const layout = weightLayoutScaled(UNKNOWN, 'Q4_K_M', 805_000_000)
    expect(layout.token_embd_bytes).toBeGreaterThan(2e8)
    expect(layout.block_bytes).toHaveLength(16)
  })

  it('never gives a negative or broken number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), (bytes) => {
        const layout = weightLayoutScaled(MIXTRAL, 'UD-IQ1_M', bytes)
        return layout.block_bytes.every((n) => Number.isSafeInteger(n) && n >= 0)
      }),
    )
  })
})

describe('weightLayoutOfFile', () => {
  it('finds embeddings repeated as output in a Qwen3 0.6B file', () => {
    const layout = weightLayoutOfFile(QWEN3_06B, 'Q4_K_M', { bytes: 484_220_320 })
    expect(layout).toMatchObject({ basis: 'exact', output_bytes: 127_626_240 })
  })

  it('finds an importance matrix behind a Q4_0 file', () => {
    const layout = weightLayoutOfFile(LLAMA_32_1B, 'Q4_0', { bytes: 773_025_920 })
    expect(layout).toBe(weightLayoutFromMix(LLAMA_32_1B, 'Q4_0', { imatrix: true }))
  })

  it('knows the recipe of Phi files that an older llama.cpp made', () => {
    const layout = weightLayoutOfFile(PHI_35_MINI, 'Q4_K_M', { bytes: 2_393_232_672 })
    expect(layout).toBe(weightLayoutFromMix(PHI_35_MINI, 'Q4_K_M', { older: true }))
  })

  it('takes the usual recipe where the size is rounded', () => {
    const size = { bytes: 800_000_000, rounding_bytes: 50_000_000 }
    const layout = weightLayoutOfFile(LLAMA_32_1B, 'Q4_K_M', size)
    expect(layout).toBe(weightLayoutFromMix(LLAMA_32_1B, 'Q4_K_M'))
  })

  it('scales where no recipe explains the size', () => {
    expect(weightLayoutOfFile(LLAMA_32_1B, 'Q4_K_M', { bytes: 900_000_000 }).basis).toBe('scaled')
  })
})

describe('estimateMetadataBytes', () => {
  it('is near what real files have', () => {
    expect(estimateMetadataBytes(LLAMA_32_1B)).toBe(7_831_114)
  })
})

describe('placeWeights', () => {
  const layout = weightLayoutFromMix(LLAMA_32_1B, 'Q4_K_M')
  if (!layout) throw new Error('the recipe of Q4_K_M is known')

  it('keeps the embeddings on the host and repeats them as output on the GPU', () => {
    const placement = { first_gpu_block: 0, output_on_gpu: true }
    expect(placeWeights(LLAMA_32_1B, layout, placement)).toEqual({
      gpu_bytes: 799_862_912,
      host_bytes: 215_470_080,
    })
  })

  it('moves a block at a time', () => {
    const host = Array.from({ length: 17 }, (_, first_gpu_block) => {
      const placement = { first_gpu_block, output_on_gpu: true }
      return placeWeights(LLAMA_32_1B, layout, placement).host_bytes
    })
    expect(host).toEqual([...host].sort((a, b) => a - b))
    // From block 1 on the host has a copy of the rope factors, 128 bytes.
    expect((host[1] ?? 0) - (host[0] ?? 0)).toBe((layout.block_bytes[0] ?? 0) + 128)
  })

  // Measured: llama.cpp v0.5.0, CUDA, a header of this model without data.
  it.each([
    [0, true, 70_253_568, 19_238_784],
    [7, true, 29_801_984, 59_683_200],
    [12, true, 0, 89_480_064],
    [12, false, 0, 89_480_064],
  ])('has no output layer in an encoder: from block %i on', (first_gpu_block, output_on_gpu, gpu, host) => {
    const nomic = weightLayoutFromMix(NOMIC, 'Q4_K_M')
    if (!nomic) throw new Error('the recipe of Q4_K_M is known')
    expect(placeWeights(NOMIC, nomic, { first_gpu_block, output_on_gpu })).toEqual({
      gpu_bytes: gpu,
      host_bytes: host,
    })
  })

  it('keeps routed experts on the host where asked', () => {
    const mixtral = weightLayoutFromMix(MIXTRAL, 'Q4_K_M')
    if (!mixtral) throw new Error('the recipe of Q4_K_M is known')
    const all = placeWeights(MIXTRAL, mixtral, { first_gpu_block: 0, output_on_gpu: true })
    const kept = placeWeights(MIXTRAL, mixtral, {
      first_gpu_block: 0,
      output_on_gpu: true,
      cpu_moe_layers: 1,
    })
    expect(all.gpu_bytes - kept.gpu_bytes).toBe(mixtral.expert_bytes[0])
  })
})
