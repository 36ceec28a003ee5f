import { AlmanacError } from '../errors.js'
import type { ModelShape } from './model-shape.js'
import { isKvType, isQuantizedKv } from './kv-types.js'
import type { KvType, LoadOptions } from './types.js'
import { isEncoder } from './weights/encoder.js'

/** llama.cpp rounds caches up to this many cells. */
const CELL_STEP = 256
const DEFAULT_UBATCH = 512
const DEFAULT_BATCH = 2048
/** Beyond these llama.cpp refuses to start (LLAMA_MAX_SEQ), or the numbers stop meaning anything. */
const MAX_CONTEXT = 2 ** 27
const MAX_PARALLEL = 256

/** A load as llama.cpp itself sees it after rounding. */
export interface NormalizedLoad {
  /** As asked for. */
  context: number
  parallel: number
  /** Separate caches. */
  streams: number
  /** Cells of a full-attention block in one stream. */
  cells: number
  /** Cells of a windowed block in one stream. */
  window_cells: number
  /** The most that `window_cells` is, whatever the context. */
  window_limit_cells: number
  ubatch: number
  /** Tokens of the largest batch that the graph is built for. */
  tokens: number
  /** Rows of logits that are reserved. */
  output_rows: number
  kv_type_k: KvType
  kv_type_v: KvType
  flash_attention: boolean
  /** Values lie transposed in the cache: flash attention was not asked for. */
  transposed_values: boolean
  /** As asked for, for the report. */
  gpu_layers: number | 'all'
  /** Blocks from this one on are on the GPU. */
  first_gpu_block: number
  /** Output, norms and all that stands outside the blocks is on the GPU. */
  output_on_gpu: boolean
  cpu_moe_layers: number
}

/**
 * Checks a load and rounds it as llama.cpp does (llama_context in src/llama-context.cpp).
 *
 * @throws {AlmanacError} `BAD_USAGE` for a value out of range, or a quantized V cache with flash attention off.
 */
export function normalizeLoad(shape: ModelShape, load: LoadOptions): NormalizedLoad {
  const context = whole('context', load.context, MAX_CONTEXT)
  const parallel = whole('parallel', load.parallel ?? 1, MAX_PARALLEL)
  const types = cacheTypes(load)
  const streams = parallel > 1 && !load.kv_unified ? parallel : 1
  const cells = roundUp(streams > 1 ? Math.max(1, Math.floor(roundUp(context) / streams)) : context)
  const largestBatch = whole('batch', load.batch ?? DEFAULT_BATCH, MAX_CONTEXT)
  // Encoders, whose attention is not causal, keep the batch they were given.
  const batch = isEncoder(shape.name) ? largestBatch : Math.min(context, largestBatch)
  const ubatch = Math.min(batch, whole('ubatch', load.ubatch ?? DEFAULT_UBATCH, MAX_CONTEXT))
  const largest = Math.min(cells * streams, ubatch)
  // Every slot gets as many tokens; rows of logits are not rounded up with them (graph_reserve).
  const tokens = Math.ceil(largest / parallel) * parallel
  const shared = streams > 1 ? 1 : parallel
  const windowLimit = roundUp(shape.window * shared + ubatch)
  return {
    context,
    parallel,
    streams,
    cells,
    window_cells: Math.min(cells, windowLimit),
    window_limit_cells: windowLimit,
    ubatch,
    tokens,
    output_rows: Math.min(largest, wantsAllRows(shape, load) ? batch : parallel),
    ...types,
    flash_attention: load.flash_attention ?? true,
    transposed_values: load.flash_attention === false,
    ...splitOf(shape, load),
  }
}

type Split = Pick<NormalizedLoad, 'gpu_layers' | 'first_gpu_block' | 'output_on_gpu' | 'cpu_moe_layers'>

/** Which part of a load is on the GPU; the rest of it does not depend on that. */
export function splitOf(
  shape: ModelShape,
  { gpu_layers = 'all', cpu_moe_layers = 0 }: Pick<LoadOptions, 'gpu_layers' | 'cpu_moe_layers'>,
): Split {
  const counted = gpu_layers === 'all' ? shape.block_count + 1 : whole('gpu_layers', gpu_layers, 1e4, 0)
  return {
    gpu_layers,
    first_gpu_block: Math.max(0, shape.block_count + 1 - counted),
    output_on_gpu: counted > 0,
    cpu_moe_layers: whole('cpu_moe_layers', cpu_moe_layers, 1e4, 0),
  }
}

/** Encoders are read off at every token. */
function wantsAllRows(shape: ModelShape, load: LoadOptions): boolean {
  return load.logits === 'all' || isEncoder(shape.name)
}

function cacheTypes(load: LoadOptions): { kv_type_k: KvType; kv_type_v: KvType } {
  const kv_type_k = load.kv_type_k ?? 'f16'
  const kv_type_v = load.kv_type_v ?? 'f16'
  for (const type of [kv_type_k, kv_type_v]) {
    if (!isKvType(type)) throw new AlmanacError('BAD_USAGE', `${String(type)} is not a cache type`)
  }
  if (load.flash_attention === false && isQuantizedKv(kv_type_v)) {
    throw new AlmanacError(
      'BAD_USAGE',
      `a ${kv_type_v} V cache needs flash attention`,
      'turn flash attention on, or use f16 for the V cache',
    )
  }
  return { kv_type_k, kv_type_v }
}

function whole(name: string, value: number, most: number, least = 1): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new AlmanacError('BAD_USAGE', `${name} must be a whole number from ${least} to ${most}`)
}

function roundUp(tokens: number): number {
  return Math.ceil(tokens / CELL_STEP) * CELL_STEP
}
