import { describe, expect, it } from 'vitest'
import { estimatePlacementCost, estimateQuantizationCost, scoreBuild } from '../../src/recommend/index.js'

const MODEL = {
  quality: { index: 60, standard_error: 2 },
  quantization: { kl_divergence: 0.031273 },
  bits_per_weight: 4.5,
  tier: 'compatible',
  tools: 'first',
} as const

describe('estimateQuantizationCost', () => {
  it('costs about a point and a half at Q4_K_M', () => {
    expect(estimateQuantizationCost(0.031273)).toBeCloseTo(1.49, 2)
  })
  // Points of MMLU that Llama 3 8B Instruct lost: github.com/matt-c1/llama-3-quant-comparison (f35b7db).
  it.each([
    ['Q8_0', 0.001355, -0.03],
    ['Q6_K', 0.005452, 0.14],
    ['Q5_K_M', 0.010762, 0.3],
    ['Q4_K_M', 0.031273, 0.56],
    ['IQ4_XS', 0.036334, 0.81],
    ['Q3_K_M', 0.101913, 2.31],
    ['IQ3_XXS', 0.183625, 4.68],
    ['Q2_K', 0.445132, 9.3],
  ])('takes a little more for %s than the model lost on a knowledge test', (_, klDivergence, lost) => {
    const more = estimateQuantizationCost(klDivergence) - lost
    expect(more).toBeGreaterThan(0)
    expect(more).toBeLessThan(1.7)
  })
  it('costs more the further a quantization is from the full model', () => {
    const costs = [0.0014, 0.0055, 0.0108, 0.0313, 0.1019, 0.4451].map(estimateQuantizationCost)
    expect(costs).toEqual(costs.toSorted((a, b) => a - b))
  })
})

describe('estimatePlacementCost', () => {
  it('costs nothing on the GPU', () => expect(estimatePlacementCost(0)).toBe(0))
  it('costs twelve points at a tenth of a second per token', () => {
    expect(estimatePlacementCost(5.12e9)).toBeCloseTo(12, 10)
  })
})

describe('scoreBuild', () => {
  it('takes one standard error off, for caution', () => {
    const sure = scoreBuild({ ...MODEL, quality: { index: 60, standard_error: 1 } })
    const unsure = scoreBuild({ ...MODEL, quality: { index: 60, standard_error: 6 } })
    expect(sure - unsure).toBe(5)
  })
  it('puts every model that calls tools before every one that does not', () => {
    const weak = scoreBuild({ ...MODEL, quality: { index: 5, standard_error: 5 } })
    const strong = scoreBuild({ ...MODEL, quality: { index: 100, standard_error: 0 }, tier: 'experimental' })
    expect(weak).toBeGreaterThan(strong)
  })
  it('has no regard to tools where the reader has none', () => {
    const tiers = (['verified', 'compatible', 'experimental'] as const).map((tier) =>
      scoreBuild({ ...MODEL, tier, tools: 'any' }),
    )
    expect(new Set(tiers).size).toBe(1)
  })
  it('puts less than three bits per weight behind everything else', () => {
    const coarse = scoreBuild({ ...MODEL, quality: { index: 100, standard_error: 0 }, bits_per_weight: 2.9 })
    const small = scoreBuild({ ...MODEL, quality: undefined, tier: 'experimental' })
    expect(coarse).toBeLessThan(small)
  })
})
