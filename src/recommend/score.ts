import type { QuantizationRow, TierId } from '../catalog/index.js'

/**
 * How the list is ranked. A score is the sum of
 *   the quality index less one standard error (cautious: a number on weak ground counts less),
 *   less what the quantization costs (`estimateQuantizationCost`),
 *   less what running outside the GPU costs (`estimatePlacementCost`),
 *   plus 200 where the model calls tools (tier above experimental), plus 3 more where that is verified,
 *   less 500 below 3 bits per weight, so that such a build comes first only where nothing else fits.
 * Nothing in it is free memory, so a larger machine never lowers the best score.
 */
export interface ScoreParts {
  quality: { index: number; standard_error: number } | undefined
  quantization: Pick<QuantizationRow, 'kl_divergence'>
  /** Of the label and of the file, whichever is lower. */
  bits_per_weight: number
  tier: TierId
  tools: 'first' | 'any'
}

/** Index of a model that nobody measured: below every measured one of its kind. */
const UNMEASURED = 0

/** More than the index can differ, so that no quality makes up for tools that do not work. */
const TOOL_CALLER = 200
/** One tie's worth: gaps under 3 points of the index say nothing. */
const VERIFIED = 3
const BELOW_THREE_BITS = -500
/** Coarser builds come last, and are not offered unasked. */
export const FEWEST_BITS_PER_WEIGHT = 3

/** Score of a build that runs whole on the GPU. */
export function scoreBuild(parts: ScoreParts): number {
  const { quality, quantization, tier, tools, bits_per_weight } = parts
  const cautious = quality ? quality.index - quality.standard_error : UNMEASURED
  const tierBonus =
    tools === 'any' || tier === 'experimental' ? 0 : TOOL_CALLER + (tier === 'verified' ? VERIFIED : 0)
  const coarse = bits_per_weight < FEWEST_BITS_PER_WEIGHT ? BELOW_THREE_BITS : 0
  return cautious - estimateQuantizationCost(quantization.kl_divergence) + tierBonus + coarse
}

/**
 * Points of the quality index that a quantization costs, from its mean KL divergence.
 *
 * 20 · KLD^0.75 is a chosen curve, checked against the one table of scores found for quantizations whose divergence is
 * known. Llama 3 8B Instruct (65.2 % of MMLU in full) loses, in percentage points, and the curve takes, in points:
 *   Q8_0 0.0, 0.1; Q6_K 0.1, 0.4; Q4_K_M 0.6, 1.5; Q3_K_M 2.3, 3.6; IQ3_XXS 4.7, 5.6; Q2_K 9.3, 10.9; IQ2_XXS 21.7, 17.1.
 * Above 3 bits per weight it is 0.2 to 1.6 points dearer, on the side of caution: a multiple choice of four sees little
 * of a changed distribution. The exponent below 1 (those losses grow almost as KLD itself) keeps Q4 to Q8 apart. Below
 * 2.9 bits it is up to 11 too cheap; `BELOW_THREE_BITS` decides there. The divergences are of Llama 3 8B on Wikitext-2,
 * the scores of its Instruct variant in other files, and a point of the index is not a point of MMLU.
 * Source: https://github.com/matt-c1/llama-3-quant-comparison (f35b7db), read on 2026-11-23.
 *
 * @param klDivergence - Mean KL divergence in nats.
 * @example estimateQuantizationCost(0.031273) // 1.49 (Q4_K_M)
 */
export function estimateQuantizationCost(klDivergence: number): number {
  return 20 * klDivergence ** 0.75
}

/** A choice: one figure for every machine, on the slow side, the peak of two channels of DDR4-3200; bytes per second. */
const HOST_BANDWIDTH_BYTES_PER_S = 51.2e9
/** A choice: a tenth of a second per token costs ten points. */
const SECONDS_FOR_TEN_POINTS = 0.1
/** A choice: splitting a model costs a little even where the rest is fast. */
const NOT_WHOLE_ON_GPU = 2

/**
 * Points that running outside the GPU costs: every token reads the active weights from host memory.
 *
 * @param hostActiveBytes - Weights on the host that one token reads, in bytes; 0 where all are on the GPU.
 * @example estimatePlacementCost(5.12e9) // 12: 0.1 s a token, plus 2 for the split
 */
export function estimatePlacementCost(hostActiveBytes: number): number {
  if (hostActiveBytes <= 0) return 0
  const seconds = hostActiveBytes / HOST_BANDWIDTH_BYTES_PER_S
  return NOT_WHOLE_ON_GPU + 10 * Math.log2(1 + seconds / SECONDS_FOR_TEN_POINTS)
}
