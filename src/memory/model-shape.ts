import type { Architecture } from '../../generated/types.js'
import { mixerRule, mixesByInterval, recurrentStateOf, type Mixer, type RecurrentState } from './recurrent.js'
import { slidingWindowOf, trunkBlocks } from './sliding-window.js'

/** One loaded block with everything that may differ from its neighbours. */
export interface BlockShape {
  mixer: Mixer
  windowed: boolean
  /** Keeps keys and values of its own; others read an earlier block's. */
  has_cache: boolean
  head_count: number
  head_count_kv: number
  key_length: number
  value_length: number
  /** Width of the dense feed-forward layer; 0 where there is none. */
  feed_forward_length: number
  experts: boolean
}

/** What the estimator derives once from a model's architecture. */
export interface ModelShape {
  name: string
  architecture: Architecture
  /** Loaded blocks. */
  blocks: readonly BlockShape[]
  /** Blocks that are alike, in the order of their first; `indexes` ascend. */
  kinds: readonly { block: BlockShape; indexes: readonly number[] }[]
  /** Blocks in the file, by which `-ngl` counts. */
  block_count: number
  embedding_length: number
  vocab_size: number
  /** Sliding window in tokens; 0 where no block has one. */
  window: number
  /** Keys only, compressed (multi-head latent attention in its current form). */
  latent: boolean
  state: RecurrentState
  /** No cache at all: embedding models and text diffusion. */
  cacheless: boolean
}

/** Models without a cache (`create_memory` in llama-model.cpp). */
const CACHELESS = new Set([
  'bert',
  'jina-bert-v2',
  'jina-bert-v3',
  'nomic-bert',
  'nomic-bert-moe',
  'neo-bert',
  'eurobert',
  'modern-bert',
  'gemma-embedding',
  'dream',
  'llada',
  'llada-moe',
  'rnd1',
])

/** gemma3n computes keys and values in its first 20 blocks only; files say the same in `shared_kv_layers`. */
const GEMMA3N_CACHED_BLOCKS = 20

const shapes = new WeakMap<Architecture, ModelShape>()

/** Shape of a model; computed once for each architecture object. */
export function prepareModel(architecture: Architecture): ModelShape {
  let shape = shapes.get(architecture)
  if (!shape) {
    shape = deriveShape(architecture)
    shapes.set(architecture, shape)
  }
  return shape
}

function deriveShape(architecture: Architecture): ModelShape {
  const name = architecture['general.architecture']
  const window = slidingWindowOf(architecture)
  return {
    name,
    architecture,
    ...deriveBlocks(architecture, window?.isWindowed ?? null),
    block_count: architecture.block_count,
    embedding_length: architecture.embedding_length,
    vocab_size: architecture.vocab_size,
    window: window?.window ?? 0,
    latent: architecture.key_length_mla !== undefined,
    state: recurrentStateOf(architecture),
    cacheless: CACHELESS.has(name),
  }
}

/** Equal blocks are one object, so that sums need not be made block by block. */
function deriveBlocks(
  architecture: Architecture,
  isWindowed: ((block: number) => boolean) | null,
): Pick<ModelShape, 'blocks' | 'kinds'> {
  const derive = blockDeriver(architecture, isWindowed)
  const indexes = Array.from({ length: trunkBlocks(architecture) }, (_, index) => index)
  if (!isWindowed && isUniform(architecture)) {
    const block = derive(0)
    return { blocks: indexes.map(() => block), kinds: [{ block, indexes }] }
  }
  const kinds: { block: BlockShape; indexes: number[] }[] = []
  const blocks = indexes.map((index) => {
    const block = derive(index)
    const kind = kinds.find((other) => isSameBlock(other.block, block))
    if (kind) kind.indexes.push(index)
    else kinds.push({ block, indexes: [index] })
    return kind?.block ?? block
  })
  return { blocks, kinds }
}

/** Nothing is listed block by block, and no rule counts blocks: all are like the first. */
function isUniform(architecture: Architecture): boolean {
  const { head_count, head_count_kv, feed_forward_length } = architecture
  return (
    [head_count, head_count_kv, feed_forward_length].every((value) => typeof value !== 'object') &&
    !mixesByInterval(architecture) &&
    (architecture.leading_dense_block_count ?? 0) === 0 &&
    (architecture.interleave_moe_layer_step ?? 1) === 1 &&
    cachedBlocks(architecture) >= architecture.block_count
  )
}

function isSameBlock(a: BlockShape, b: BlockShape): boolean {
  return (
    a.mixer === b.mixer &&
    a.windowed === b.windowed &&
    a.has_cache === b.has_cache &&
    a.head_count === b.head_count &&
    a.head_count_kv === b.head_count_kv &&
    a.key_length === b.key_length &&
    a.value_length === b.value_length &&
    a.feed_forward_length === b.feed_forward_length &&
    a.experts === b.experts
  )
}

function blockDeriver(
  architecture: Architecture,
  isWindowed: ((block: number) => boolean) | null,
): (index: number) => BlockShape {
  const mixerOf = mixerRule(architecture)
  const cached = cachedBlocks(architecture)
  const heads = firstHeadCount(architecture)
  const length = heads > 0 ? Math.floor(architecture.embedding_length / heads) : 0
  const key = architecture.key_length ?? length
  const value = architecture.value_length ?? length
  return (index) => {
    const head_count = at(architecture.head_count, index) ?? 0
    const head_count_kv = at(architecture.head_count_kv, index) ?? head_count
    const feed_forward_length = at(architecture.feed_forward_length, index) ?? 0
    const mixer = mixerOf({ index, head_count_kv, feed_forward_length })
    const windowed = isWindowed?.(index) ?? false
    return {
      mixer,
      windowed,
      has_cache: index < cached && (mixer === 'attention' || mixer === 'both'),
      head_count,
      head_count_kv,
      key_length: windowed ? (architecture.key_length_swa ?? key) : key,
      value_length: windowed ? (architecture.value_length_swa ?? value) : value,
      feed_forward_length,
      experts: hasExperts(architecture, index, mixer),
    }
  }
}

/** Blocks from the first that keep a cache of their own. */
function cachedBlocks(architecture: Architecture): number {
  const name = architecture['general.architecture']
  if (name === 'gemma3n') return GEMMA3N_CACHED_BLOCKS
  if (name === 'gemma4') return architecture.block_count - (architecture.shared_kv_layers ?? 0)
  return Infinity
}

/** Whether a block routes to experts; where a block is one layer only, those that mix no tokens do. */
function hasExperts(architecture: Architecture, index: number, mixer: Mixer): boolean {
  if ((architecture.expert_count ?? 0) === 0) return false
  if (architecture['general.architecture'] === 'nemotron_h_moe') return mixer === 'none'
  if (index < (architecture.leading_dense_block_count ?? 0)) return false
  const step = architecture.interleave_moe_layer_step ?? 1
  return step > 0 && (index + 1) % step === 0
}

/** Where the lengths of heads are absent they follow from the first block that has heads. */
function firstHeadCount(architecture: Architecture): number {
  const heads = architecture.head_count
  return (typeof heads === 'object' ? heads[0] : heads) ?? 0
}

function at(value: number | readonly number[] | undefined, index: number): number | undefined {
  return typeof value === 'object' ? value[index] : value
}
