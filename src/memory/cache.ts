import { isQuantizedKv, kvRowBytes } from './kv-types.js'
import type { NormalizedLoad } from './load.js'
import type { BlockShape, ModelShape } from './model-shape.js'
import type { KvType } from './types.js'

/** CUDA reads quantized rows in steps of so many elements and pads a tensor to a whole step. */
const ROW_STEP = 512
const ALIGNMENT = 128
const F32 = 4

/** Caches that need an indexer's keys beside the compressed ones (sparse attention). */
const INDEXED = new Set(['deepseek32', 'glm-dsa'])

/** What a model remembers between batches, on one side, in bytes. */
export interface CacheSide {
  kv_cache_bytes: number
  recurrent_state_bytes: number
  /** Beyond `kv_cache_bytes` in the device's total: rows that the GPU pads. */
  padding_bytes: number
}

export interface CacheBytes {
  gpu: CacheSide
  host: CacheSide
}

/**
 * Bytes of the KV cache and the recurrent state, by where the blocks live. Exact: llama.cpp allocates
 * the same to the byte.
 *
 * @example Llama 3.1 8B (32 blocks, 8 KV heads of 128) at 8,192 tokens, f16: 1,073,741,824 bytes.
 *
 * Source: llama.cpp v0.5.0, src/llama-kv-cache*.cpp and src/llama-memory-recurrent.cpp.
 */
export function estimateCache(shape: ModelShape, load: NormalizedLoad): CacheBytes {
  const gpu: CacheSide = { kv_cache_bytes: 0, recurrent_state_bytes: 0, padding_bytes: 0 }
  const host: CacheSide = { kv_cache_bytes: 0, recurrent_state_bytes: 0, padding_bytes: 0 }
  for (const { block, indexes } of shape.kinds) {
    const onHost = countBelow(indexes, load.first_gpu_block)
    addBlocks(gpu, { shape, block, load, count: indexes.length - onHost }, true)
    if (onHost > 0) addBlocks(host, { shape, block, load, count: onHost }, false)
  }
  return { gpu, host }
}

function countBelow(sorted: readonly number[], end: number): number {
  if (end === 0) return 0
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] ?? end) < end) from = middle + 1
    else to = middle
  }
  return from
}

interface BlockCache {
  shape: ModelShape
  block: BlockShape
  load: NormalizedLoad
  /** Blocks that are alike. */
  count: number
}

/** What one block remembers on the GPU. */
export function estimateBlockCache(shape: ModelShape, block: BlockShape, load: NormalizedLoad): CacheSide {
  const side: CacheSide = { kv_cache_bytes: 0, recurrent_state_bytes: 0, padding_bytes: 0 }
  addBlocks(side, { shape, block, load, count: 1 }, true)
  return side
}

function addBlocks(side: CacheSide, cache: BlockCache, onGpu: boolean): void {
  const { shape, block, load, count } = cache
  if (block.mixer === 'recurrent' || block.mixer === 'both') {
    const state = shape.state.convolution + shape.state.state
    side.recurrent_state_bytes += count * F32 * state * load.parallel
  }
  if (!block.has_cache || shape.cacheless) return
  addRows(side, cache, { type: load.kv_type_k, elements: block.head_count_kv * block.key_length, onGpu })
  if (INDEXED.has(shape.name)) {
    const elements = shape.architecture['indexer.key_length'] ?? 0
    addRows(side, cache, { type: load.kv_type_k, elements, onGpu })
  }
  if (shape.latent) return
  const value = load.transposed_values ? widestValueRow(shape) : block.head_count_kv * block.value_length
  addRows(side, cache, { type: load.kv_type_v, elements: value, onGpu })
}

interface Rows {
  type: KvType
  elements: number
  onGpu: boolean
}

function addRows(side: CacheSide, { block, load, count }: BlockCache, { type, elements, onGpu }: Rows): void {
  side.kv_cache_bytes += count * kvRowBytes(type, elements) * cellsOf(block, load) * load.streams
  if (onGpu) side.padding_bytes += count * rowPaddingBytes(type, elements)
}

/** Cells of one stream of a block's cache. */
export function cellsOf(block: BlockShape, load: NormalizedLoad): number {
  return block.windowed ? load.window_cells : load.cells
}

/** Elements of the widest V row; without flash attention V is stored transposed, all rows alike. */
export function widestValueRow(shape: ModelShape): number {
  let widest = 0
  for (const { block } of shape.kinds) {
    widest = Math.max(widest, block.head_count_kv * block.value_length)
  }
  return widest
}

/** What CUDA adds to a quantized tensor with rows of so many elements. */
export function rowPaddingBytes(type: KvType, elements: number): number {
  const over = elements % ROW_STEP
  if (over === 0 || !isQuantizedKv(type)) return 0
  return Math.ceil(kvRowBytes(type, ROW_STEP - over) / ALIGNMENT) * ALIGNMENT
}
