import { describe, expect, it } from 'vitest'
import type { Architecture } from '../../../generated/types.js'
import { sumOfLayout, typedInventory, weightLayoutFromMix } from '../../../src/memory/weights/index.js'
import { LLAMA_32_1B, MIXTRAL, QWEN25_05B, UNKNOWN } from './models.js'

function typeOf(
  architecture: Architecture,
  quantization: string,
  name: string,
  imatrix?: boolean,
): string | undefined {
  const tensors = typedInventory(architecture, quantization, imatrix === undefined ? {} : { imatrix })
  return tensors?.find((tensor) => tensor.name === name)?.type
}

describe('weightLayoutFromMix', () => {
  it('gives the bytes of Llama 3.2 1B in Q4_K_M', () => {
    const layout = weightLayoutFromMix(LLAMA_32_1B, 'Q4_K_M')
    expect(layout && sumOfLayout(layout)).toBe(799_862_912)
    expect(layout).toMatchObject({ basis: 'exact', token_embd_bytes: 215_470_080, output_bytes: 0 })
    expect(layout?.block_bytes).toHaveLength(16)
  })

  it('knows no recipe for a publisher of its own', () => {
    expect(weightLayoutFromMix(LLAMA_32_1B, 'UD-Q4_K_XL')).toBeNull()
    expect(weightLayoutFromMix(LLAMA_32_1B, '__proto__')).toBeNull()
  })

  it('says nothing about an architecture it does not know', () => {
    expect(weightLayoutFromMix(UNKNOWN, 'Q4_K_M')).toBeNull()
  })

  it('returns the same object for the same question', () => {
    const first = weightLayoutFromMix(LLAMA_32_1B, 'Q4_K_M')
    expect(weightLayoutFromMix(LLAMA_32_1B, 'Q4_K')).toBe(first)
  })

  it('grows with the bits of a label', () => {
    const labels = ['IQ1_S', 'IQ2_XS', 'Q2_K', 'Q3_K_S', 'Q3_K_M', 'Q4_K_S', 'Q4_K_M', 'Q5_K_M']
    const sums = [...labels, 'Q6_K', 'Q8_0', 'BF16', 'F32'].map((label) => {
      const layout = weightLayoutFromMix(MIXTRAL, label)
      return layout ? sumOfLayout(layout) : 0
    })
    expect(sums).toEqual([...sums].sort((a, b) => a - b))
  })
})

describe('types of single tensors', () => {
  it.each([
    ['Q4_K_M', 'token_embd.weight', 'Q6_K'],
    ['Q4_K_M', 'blk.0.attn_v.weight', 'Q6_K'],
    ['Q4_K_M', 'blk.2.attn_v.weight', 'Q4_K'],
    ['Q4_K_S', 'blk.3.attn_v.weight', 'Q5_K'],
    ['Q3_K_M', 'blk.0.ffn_down.weight', 'Q5_K'],
    ['Q3_K_M', 'blk.1.ffn_down.weight', 'Q4_K'],
    ['Q3_K_L', 'blk.9.attn_output.weight', 'Q5_K'],
    ['IQ3_XS', 'blk.7.ffn_up.weight', 'IQ3_XXS'],
    ['IQ3_XS', 'blk.0.ffn_up.weight', 'IQ3_S'],
    ['IQ2_M', 'blk.1.ffn_down.weight', 'IQ3_S'],
    ['IQ1_S', 'blk.1.attn_output.weight', 'IQ2_XXS'],
    ['TQ1_0', 'blk.1.attn_q.weight', 'TQ1_0'],
    ['BF16', 'blk.1.attn_q.weight', 'BF16'],
    ['BF16', 'blk.1.attn_norm.weight', 'F32'],
    ['Q8_0', 'rope_freqs.weight', 'F32'],
    ['Q4_K_L', 'token_embd.weight', 'Q8_0'],
  ])('Llama 3.2 1B in %s has %s in %s', (label, name, type) => {
    expect(typeOf(LLAMA_32_1B, label, name)).toBe(type)
  })

  it.each([
    ['Q4_K_M', 'blk.5.attn_k.weight', 'Q8_0'],
    ['Q4_K_M', 'blk.5.attn_output.weight', 'Q5_K'],
    ['Q4_K_M', 'blk.5.ffn_gate_inp.weight', 'F32'],
    ['MXFP4', 'blk.5.ffn_up_exps.weight', 'MXFP4'],
    ['MXFP4', 'blk.5.attn_q.weight', 'Q8_0'],
    ['Q3_K_XL', 'output.weight', 'Q8_0'],
  ])('Mixtral in %s has %s in %s', (label, name, type) => {
    expect(typeOf(MIXTRAL, label, name)).toBe(type)
  })

  it.each([
    ['Q4_K_M', 'blk.3.attn_q.weight', 'Q5_0'],
    ['Q2_K', 'blk.3.attn_q.weight', 'Q4_0'],
    ['IQ3_M', 'blk.3.attn_q.weight', 'IQ4_NL'],
    ['Q5_K_M', 'token_embd.weight', 'Q8_0'],
    ['Q4_K_M', 'blk.3.ffn_down.weight', 'Q4_K'],
  ])('falls back where 256 does not divide a row: %s %s is %s', (label, name, type) => {
    expect(typeOf(QWEN25_05B, label, name)).toBe(type)
  })

  it('raises the first ffn_down tensors of Q4_0 only with an importance matrix', () => {
    expect(typeOf(LLAMA_32_1B, 'Q4_0', 'blk.0.ffn_down.weight')).toBe('Q4_0')
    expect(typeOf(LLAMA_32_1B, 'Q4_0', 'blk.0.ffn_down.weight', true)).toBe('Q4_1')
    expect(typeOf(LLAMA_32_1B, 'Q4_0', 'blk.2.ffn_down.weight', true)).toBe('Q4_0')
  })
})
