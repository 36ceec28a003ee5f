import type { Architecture } from '../../../generated/types.js'

/** One block with everything that may differ from its neighbours. */
export interface Block {
  index: number
  head_count: number
  /** 0 in a block without attention. */
  head_count_kv: number
  key_length: number
  value_length: number
  /** Width of the dense feed-forward layer; 0 where there is none. */
  feed_forward_length: number
  /** Slides its attention window. */
  windowed: boolean
  /** Keeps a recurrent state in place of a cache. */
  recurrent: boolean
  /** Routes to experts. */
  experts: boolean
  /** Only predicts further tokens (multi-token prediction). */
  mtp: boolean
}

/** Architectures whose blocks are told apart by `full_attention_interval`. */
const INTERLEAVED = new Set(['qwen35', 'qwen35moe', 'qwen3next'])
const NEMOTRON = new Set(['nemotron_h', 'nemotron_h_moe'])

const at = (value: number | readonly number[] | undefined, index: number): number | undefined =>
  typeof value === 'object' ? value[index] : value

function isWindowed(architecture: Architecture, index: number): boolean {
  const pattern = architecture.sliding_window_pattern
  if (typeof pattern === 'object') return pattern[index] ?? false
  return pattern !== undefined && pattern > 0 && index % pattern !== pattern - 1
}

function hasExperts(architecture: Architecture, index: number): boolean {
  if ((architecture.expert_count ?? 0) === 0) return false
  if (index < (architecture.leading_dense_block_count ?? 0)) return false
  const step = architecture.interleave_moe_layer_step ?? 1
  return step > 0 && (index + 1) % step === 0
}

/**
 * Which blocks are recurrent: those without key-value heads (granite, lfm2), unless the architecture has an interval
 * of full attention (qwen3-next) or blocks that are neither attention nor state space (nemotron: feed-forward only).
 */
function isRecurrent(architecture: Architecture, index: number, heads: number): boolean {
  const name = architecture['general.architecture']
  if (INTERLEAVED.has(name)) return (index + 1) % (architecture.full_attention_interval ?? 4) !== 0
  if (heads > 0) return false
  if (NEMOTRON.has(name)) return (at(architecture.feed_forward_length, index) ?? 0) === 0
  return architecture['ssm.state_size'] !== undefined || architecture['shortconv.l_cache'] !== undefined
}

function block(architecture: Architecture, index: number, loaded: number): Block {
  const head_count = at(architecture.head_count, index) ?? 0
  const head_count_kv = at(architecture.head_count_kv, index) ?? head_count
  const mtp = index >= loaded
  const windowed = isWindowed(architecture, index)
  const heads = at(architecture.head_count, 0) ?? 1
  const width = Math.floor(architecture.embedding_length / Math.max(heads, 1))
  const key = architecture.key_length ?? width
  const value = architecture.value_length ?? width
  return {
    index,
    head_count,
    head_count_kv,
    key_length: windowed ? (architecture.key_length_swa ?? key) : key,
    value_length: windowed ? (architecture.value_length_swa ?? value) : value,
    feed_forward_length: at(architecture.feed_forward_length, index) ?? 0,
    windowed,
    recurrent: !mtp && isRecurrent(architecture, index, head_count_kv),
    experts: hasExperts(architecture, index),
    mtp,
  }
}

/** All blocks in the file, those for multi-token prediction at the end. */
export function blocksOf(architecture: Architecture): Block[] {
  const loaded = architecture.block_count - (architecture.nextn_predict_layers ?? 0)
  return Array.from({ length: architecture.block_count }, (_, index) => block(architecture, index, loaded))
}

/** Whether two blocks hold the same tensors. */
export function isSameKind(a: Block, b: Block): boolean {
  return (
    a.head_count === b.head_count &&
    a.head_count_kv === b.head_count_kv &&
    a.key_length === b.key_length &&
    a.value_length === b.value_length &&
    a.feed_forward_length === b.feed_forward_length &&
    a.windowed === b.windowed &&
    a.recurrent === b.recurrent &&
    a.experts === b.experts &&
    a.mtp === b.mtp
  )
}
