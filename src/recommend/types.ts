import type { ModelId, ModelRow, QuantizationId, TierId } from '../catalog/index.js'
import type { KvType, Placement } from '../memory/index.js'
import type { Machine } from '../machine.js'

export interface RecommendOptions {
  /** Tokens; absent: each model at its own default. */
  context?: number
  /** Type of keys and values in the cache; default f16. */
  kv_type?: KvType
  /** Only models of this tier or a better one. */
  minimum_tier?: TierId
  /** `first` (default): models that call tools come before the others; `any`: tools do not count. */
  tools?: 'first' | 'any'
  family?: string
  /** At most so many recommendations. */
  limit?: number
  /** Kept free on every device that is used; default 2 GiB. */
  headroom_bytes?: number
  /** Also say what does not fit, and why. */
  include_not_fitting?: boolean
  /** Every build that fits instead of the best one of each model. */
  all_builds?: boolean
}

export interface Recommendation {
  rank: number
  model: ModelId
  quantization: QuantizationId
  tier: TierId
  fit: Placement['fit']
  placement: Placement
  needed_bytes: number
  available_bytes: number
  /** What stays free beside the model, the kept-free headroom included. */
  headroom_bytes: number
  context: number
  /** The model's quality index, 0 to 100; `null` where nobody measured it. */
  quality: number | null
  /** What the list is sorted by; see src/recommend/score.ts. */
  score: number
  /** True where the quality is within 3 points of the row above: a tie. */
  tie: boolean
  why: string[]
  warnings: string[]
}

export interface NotFitting {
  model: ModelId
  quantization: QuantizationId
  context: number
  needed_bytes: number
  available_bytes: number
  /** What is short, the headroom included; `null` where the context asked for is what rules the model out. */
  missing_bytes: number | null
  reason: string
}

export interface RecommendResult {
  machine: Machine
  context: number | null
  kv_type: KvType
  recommendations: Recommendation[]
  not_fitting?: NotFitting[]
  warnings: string[]
}

/** A build with what ranking needs to know of it. */
export interface Candidate {
  model: ModelRow
  build: ModelRow['builds'][number]
  /** Quality after the cost of the quantization, before tier and placement. */
  merit: number
}
