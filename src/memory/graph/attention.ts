import { cellsOf, widestValueRow } from '../cache.js'
import { kvRowBytes } from '../kv-types.js'
import type { BlockShape } from '../model-shape.js'
import type { KvType } from '../types.js'
import { hasFlashKernel } from './flash-attention.js'
import type { GraphContext } from './context.js'
import type { Tensor } from './tensor.js'

const F16 = 2
const ALIGNMENT = 128

/** Queries, keys and values of a block, cut into heads; keys and values are absent where another block's are read. */
export interface Heads {
  query: Tensor
  key: Tensor | null
  value: Tensor | null
}

/** What attention over a cache needs beyond the heads. */
export interface AttentionOptions {
  /** Width of one head's result, where it is not the value's (compressed values). */
  valueLength?: number
  capped?: boolean
  /** In place of the mask that all blocks of a kind share. */
  mask?: Tensor
  /** Expands each head's result (compressed values). */
  expand?: (result: Tensor) => Tensor
}

/**
 * Stores keys and values, attends to the cache, and returns the result as rows; the output projection
 * is the caller's.
 */
export function attend(
  context: GraphContext,
  heads: Heads,
  block: BlockShape,
  options: AttentionOptions = {},
): Tensor {
  const { g, inputs, shape } = context
  const rotation = shape.latent ? { key: null, value: null } : inputs.rotations(block)
  const turned = (part: Tensor | null, matrix: Tensor | null) =>
    part && matrix ? rotate(context, part, matrix) : part
  const query = turned(heads.query, rotation.key) ?? heads.query
  const key = turned(heads.key, rotation.key)
  const value = turned(heads.value, rotation.value)
  g.expand(query)
  // Models with windows build keys first, the others values.
  const order = shape.window > 0 ? [key, value] : [value, key]
  for (const part of order) if (part) g.expand(part)
  if (key) {
    const sources = [rows(context, key), inputs.keyRows(block)]
    g.expand(g.storeInto(context.cacheOf(block, 'key'), sources))
  }
  if (value && !shape.latent) storeValue(context, value, block)
  const flat = g.view(query, [query.shape[0], query.shape[2], query.shape[1]])
  const result = g.expand(
    context.flash ? flash(context, flat, block, options) : multiplied(context, flat, block, options),
  )
  return rotation.value ? rotate(context, result, rotation.value) : result
}

function flash(context: GraphContext, query: Tensor, block: BlockShape, options: AttentionOptions): Tensor {
  const { g, load, inputs } = context
  const value = options.valueLength ?? block.value_length
  const keys = readByKernel(context, context.cacheView(block, 'key'), load.kv_type_k)
  const values = readByKernel(
    context,
    context.cacheView(block, context.shape.latent ? 'latent' : 'value'),
    context.shape.latent ? load.kv_type_k : load.kv_type_v,
  )
  const [, tokens, heads] = query.shape
  const node = g.op([query, keys, values, options.mask ?? inputs.mask(block)], [value, heads, tokens], {
    gpuCannot: !hasFlashKernel(context.shape, block, load),
  })
  g.flashNodes.push({ node, side: g.weightSide })
  if (context.traits.sinks) g.alsoReads(node, 'attn_sinks.weight', block.head_count)
  const cells = cellsOf(block, load) * load.streams * block.head_count_kv
  if (isConvertedByKernel(load.kv_type_k)) {
    node.gpu_bytes = padded(node.gpu_bytes) + cells * block.key_length * F16
  }
  if (!context.shape.latent && isConvertedByKernel(load.kv_type_v)) {
    node.gpu_bytes = padded(node.gpu_bytes) + cells * value * F16
  }
  if (options.expand) {
    const expanded = options.expand(g.view(node, [value, tokens, heads]))
    const turned = g.view(expanded, [expanded.shape[0], heads, tokens])
    return flatten(context, g.op([turned], turned.shape))
  }
  return flatten(context, node)
}

/** Where the kernel makes an F16 copy of its own; F32 is converted in an operation before it. */
function isConvertedByKernel(type: KvType): boolean {
  return type !== 'f16' && type !== 'f32'
}

function readByKernel(context: GraphContext, cache: Tensor, type: KvType): Tensor {
  if (type !== 'f32') return cache
  const [length, cells, heads] = cache.shape
  return context.g.op([cache], [length, cells, heads * context.load.streams], { elementBytes: F16 })
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
}

/** Attention in three operations: scores, softmax, weighted sum. */
function multiplied(
  context: GraphContext,
  query: Tensor,
  block: BlockShape,
  options: AttentionOptions,
): Tensor {
  const { g, load, inputs } = context
  const [, tokens, heads] = query.shape
  const value = options.valueLength ?? block.value_length
  const cells = cellsOf(block, load)
  const values = readableValues(context, block, value)
  const mask = options.mask ?? inputs.mask(block)
  let scores = g.op([context.cacheView(block, 'key'), query], [cells, tokens, heads])
  if (options.capped) for (let i = 0; i < 3; i++) scores = g.inplace([scores])
  const weights = context.traits.sinks
    ? g.weighted([scores, mask], scores.shape, {
        name: 'attn_sinks.weight',
        elements: block.head_count,
        batch: tokens * heads,
        inplace: true,
      })
    : g.inplace([scores, mask])
  let result = g.op([values, weights], [value, tokens, heads])
  if (options.expand) result = options.expand(result)
  const turned = g.view(result, [result.shape[0], heads, tokens])
  return g.op([turned], [result.shape[0] * heads, tokens, 1])
}

/** Values with cells first: as they are where they were stored so, else a copy. */
function readableValues(context: GraphContext, block: BlockShape, length: number): Tensor {
  const { g, load, shape } = context
  if (load.transposed_values && !shape.latent) return context.cacheView(block, 'value')
  const cells = cellsOf(block, load)
  const type = shape.latent ? load.kv_type_k : load.kv_type_v
  const heads = block.head_count_kv * load.streams
  const turned = g.view(
    context.cacheView(block, shape.latent ? 'latent' : 'value'),
    [cells, length, heads],
    true,
  )
  return g.op([turned], [cells, length, heads], { elementBytes: kvRowBytes(type, cells) / cells })
}

function flatten(context: GraphContext, tensor: Tensor): Tensor {
  return context.g.view(tensor, [tensor.shape[0] * tensor.shape[1], tensor.shape[2], 1])
}

function rows(context: GraphContext, heads: Tensor): Tensor {
  return context.g.view(heads, [heads.shape[0] * heads.shape[1], heads.shape[2], 1], heads.strided)
}

/** Without flash attention values are stored transposed: contiguous, and as wide as the widest block's. */
function storeValue(context: GraphContext, value: Tensor, block: BlockShape): void {
  const { g } = context
  const indices = context.inputs.valueRows(block)
  const cache = context.cacheOf(block, 'value')
  if (!context.load.transposed_values) {
    g.expand(g.storeInto(cache, [rows(context, value), indices]))
    return
  }
  const shape = [value.shape[0] * value.shape[1], value.shape[2], 1] as const
  let flat = value.strided ? g.op([value], shape) : g.view(value, shape)
  const widest = widestValueRow(context.shape)
  if (shape[0] < widest) flat = g.op([flat], [widest, shape[1], 1])
  const column = g.view(flat, [1, flat.shape[0] * flat.shape[1], 1])
  g.expand(g.storeInto(cache, [column, indices]))
}

/** Spreads outliers before a quantized cache: a product with a small fixed matrix. */
function rotate(context: GraphContext, heads: Tensor, matrix: Tensor): Tensor {
  const { g } = context
  const size = matrix.shape[0]
  const elements = heads.shape[0] * heads.shape[1] * heads.shape[2]
  const source = heads.strided ? g.op([heads], heads.shape) : heads
  const cut = g.view(source, [size, elements / size, 1])
  return g.view(g.op([matrix, cut], cut.shape), heads.shape)
}
