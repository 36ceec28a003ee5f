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

/** Score of a build that runs whole on the GPU. */
export function scoreBuild(parts: ScoreParts): number {
  const { quality, quantization, tier, tools, bits_per_weight } = parts
  const cautious = quality ? quality.index - quality.standard_error : UNMEASURED
  const tierBonus =
    tools === 'any' || tier === 'experimental' ? 0 : TOOL_CALLER + (tier === 'verified' ? VERIFIED : 0)
  const coarse = bits_per_weight < 3 ? BELOW_THREE_BITS : 0
  return cautious - estimateQuantizationCost(quantization.kl_divergence) + tierBonus + coarse
}

/**
 * Points of the quality index that a quantization costs, from its mean KL divergence.
 *
 * 20 · KLD^0.75 follows what the same quantizations cost Llama 3 8B on knowledge tests: about one point and
 * a half at Q4_K_M, four at Q3_K_M, eleven at Q2_K, next to nothing at Q8_0.
 *
 * @param klDivergence - Mean KL divergence in nats.
 * @example estimateQuantizationCost(0.031273) // 1.49 (Q4_K_M)
 */
export function estimateQuantizationCost(klDivergence: number): number {
  return 20 * klDivergence ** 0.75
}

/** Peak of two channels of DDR4-3200, the slower of what people own: bytes per second. */
const HOST_BANDWIDTH_BYTES_PER_S = 51.2e9
/** A tenth of a second per token, about the pace of reading, costs ten points. */
const SECONDS_FOR_TEN_POINTS = 0.1
/** Splitting a model costs a little even where the rest is fast. */
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
