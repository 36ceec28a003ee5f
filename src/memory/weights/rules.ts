import type { Architecture } from '../../../generated/types.js'
import type { TensorTypeName } from '../tensor-types.js'
import { isEncoder } from './encoder.js'
import type { LayerPosition } from './layer-position.js'
import type { Mix } from './mix.js'
import type { Role } from './role.js'

/** What the rules want to know about the model. */
export interface ModelTraits {
  /** Query heads per key-value head in the first block, rounded down; 0 without attention there. */
  gqa: number
  expert_count: number
  /** Output and embeddings are one tensor. */
  tied: boolean
  /** llama.cpp's "70B": its small value tensors get more bits. */
  is_70b: boolean
}

/** One tensor's case before the rules. */
export interface RuleCase {
  mix: Mix
  role: Role
  shape: readonly number[]
  /** Number of the tensor among its block's ffn_down tensors. */
  down_offset: number
  /** The embeddings that each block has of its own (gemma3n, gemma4). */
  per_layer: boolean
  position: LayerPosition
  traits: ModelTraits
}

/** A rule's type, or `null`: the base type stays. */
export type Verdict = TensorTypeName | null

const first = (value: number | readonly number[] | undefined): number =>
  (typeof value === 'object' ? value[0] : value) ?? 0

/** Models of 80 blocks that llama.cpp takes for a 70B one. */
function isSeventyB(architecture: Architecture): boolean {
  const blocks = architecture.block_count - (architecture.nextn_predict_layers ?? 0)
  if (blocks !== 80) return false
  if (architecture['general.architecture'] === 'qwen2') return true
  return (
    architecture['general.architecture'] === 'llama' &&
    architecture.expert_count !== 8 &&
    first(architecture.head_count) !== first(architecture.head_count_kv)
  )
}

const TRAITS = new WeakMap<Architecture, ModelTraits>()

export function traitsOf(architecture: Architecture): ModelTraits {
  const known = TRAITS.get(architecture)
  if (known) return known
  const shared = first(architecture.head_count_kv ?? architecture.head_count)
  const traits = {
    gqa: shared === 0 ? 0 : Math.floor(first(architecture.head_count) / shared),
    expert_count: architecture.expert_count ?? 0,
    // The quantizer takes every model without output.weight for one with tied embeddings.
    tied: architecture.tied_embeddings || isEncoder(architecture['general.architecture']),
    is_70b: isSeventyB(architecture),
  }
  TRAITS.set(architecture, traits)
  return traits
}
