import type { Architecture } from '../../generated/types.js'

/** Every block keeps a state and none a cache. */
const PURE = new Set(['mamba', 'mamba2', 'rwkv6', 'rwkv7', 'rwkv6qwen2', 'arwkv7'])
/** A block is recurrent where it has no key-value heads. */
const BY_HEADS = new Set([
  'jamba',
  'granitehybrid',
  'lfm2',
  'lfm2moe',
  'plamo2',
  'kimi-linear',
  'bailingmoe3',
])
/** As above, but a block with a feed-forward layer is neither. */
const BY_HEADS_AND_WIDTH = new Set(['nemotron_h', 'nemotron_h_moe'])
/** Full attention in every n-th block, recurrent between. */
const BY_INTERVAL = new Set(['qwen3next', 'qwen35', 'qwen35moe'])

const RWKV = new Set(['rwkv6', 'rwkv7', 'rwkv6qwen2', 'arwkv7'])
const RWKV_HEAD = 64
/** Token shifts that a block keeps: rwkv6 and rwkv7 for both halves, the qwen hybrids for one. */
const RWKV_SHIFTS: Readonly<Record<string, number>> = { rwkv6qwen2: 1, arwkv7: 1 }

export type Mixer = 'attention' | 'recurrent' | 'both' | 'none'

interface MixerCase {
  index: number
  head_count_kv: number
  feed_forward_length: number
}

const byHeads = (block: MixerCase): Mixer => (block.head_count_kv === 0 ? 'recurrent' : 'attention')

/** What mixes tokens in a model's blocks (llama.cpp v0.5.0, `is_recr_impl` and the cache filters). */
export function mixerRule(architecture: Architecture): (block: MixerCase) => Mixer {
  const name = architecture['general.architecture']
  if (PURE.has(name)) return () => 'recurrent'
  if (name === 'falcon-h1') return () => 'both'
  if (BY_HEADS.has(name)) return byHeads
  if (BY_HEADS_AND_WIDTH.has(name)) {
    return (block) => (block.feed_forward_length > 0 ? 'none' : byHeads(block))
  }
  if (mixesByInterval(architecture)) {
    const interval = architecture.full_attention_interval ?? 4
    return ({ index }) => ((index + 1) % interval === 0 ? 'attention' : 'recurrent')
  }
  return (block) => (block.head_count_kv === 0 ? 'none' : 'attention')
}

/** Whether a block's number decides what mixes its tokens. */
export function mixesByInterval(architecture: Architecture): boolean {
  return BY_INTERVAL.has(architecture['general.architecture'])
}

/** Elements of a recurrent block's state: what the convolution remembers, and the state proper. */
export interface RecurrentState {
  convolution: number
  state: number
}

/**
 * State of one recurrent block and one slot, in F32 elements (`n_embd_r`, `n_embd_s` in llama-hparams.cpp).
 *
 * @example Qwen3.5 9B (kernel 4, inner size 4,096, 16 groups, state 128): 24,576 + 524,288 elements.
 */
export function recurrentStateOf(architecture: Architecture): RecurrentState {
  const width = architecture.embedding_length
  const name = architecture['general.architecture']
  if (RWKV.has(name)) {
    return { convolution: (RWKV_SHIFTS[name] ?? 2) * width, state: width * RWKV_HEAD }
  }
  const shortConvolution = architecture['shortconv.l_cache']
  if (shortConvolution !== undefined) {
    return { convolution: width * Math.max(0, shortConvolution - 1), state: 0 }
  }
  const inner = architecture['ssm.inner_size'] ?? 0
  const state = architecture['ssm.state_size'] ?? 0
  const groups = architecture['ssm.group_count'] ?? 0
  const kernel = architecture['ssm.conv_kernel'] ?? 0
  return {
    convolution: Math.max(0, kernel - 1) * (inner + 2 * groups * state),
    state: state * inner,
  }
}
