import { cellsOf } from '../cache.js'
import { kvRowBytes } from '../kv-types.js'
import type { BlockShape } from '../model-shape.js'
import type { GraphContext } from './context.js'
import type { Tensor } from './tensor.js'

const F32 = 4
const F16 = 2
const I64 = 8

/**
 * Sparse attention (deepseek32.cpp): a small indexer scores every cell for every token, and a mask of the block's own
 * lets the best ones through. Its keys lie in a cache beside the compressed ones.
 *
 * @param x - The block's normed input.
 * @param narrow - The compressed queries.
 * @returns The mask, not yet in the graph; the indexer's keys are stored at once.
 */
export function indexedMask(context: GraphContext, x: Tensor, source: IndexerSource): Tensor {
  const { g, inputs, load, shape } = context
  const { narrow, block } = source
  const a = shape.architecture
  const length = a['indexer.key_length'] ?? 128
  const heads = a['indexer.head_count'] ?? 64
  const cells = cellsOf(block, load)
  const tokens = x.shape[1]
  const spread = (part: Tensor) =>
    g.op([inputs.get('indexer_rotation', [length, length, 1], F32), part], part.shape)
  const rotate = (part: Tensor) => g.inplace([part, inputs.positions(1)])

  const key = g.norm(g.project(x, length, 'indexer.attn_k.weight'), 'indexer.k_norm', 'layer_bias')
  const turned = spread(rotate(g.view(key, [length, 1, tokens])))
  const bytes = kvRowBytes(load.kv_type_k, length) * cells * load.streams
  const cache = g.external([length, cells, load.streams], bytes, g.sideOfBlock(g.block))
  const rows = inputs.get('keys.indexer', [tokens, 1, 1], I64)
  g.expand(g.storeInto(cache, [g.view(turned, [length, tokens, 1]), rows]))

  const query = g.project(narrow, length * heads, 'indexer.attn_q_b.weight')
  const queries = spread(rotate(g.view(query, [length, heads, tokens])))
  const weights = g.project(x, heads, 'indexer.proj.weight')
  const scaled = g.inplace([g.view(weights, weights.shape)])
  const seen = inputs.get('mask.indexer', [cells, tokens, 1], F16)
  const scores = g.op(
    [g.view(queries, queries.shape), g.cacheView(cache, cache.shape), scaled, seen],
    [cells, tokens, 1],
  )
  return maskOfBest(context, block, scores)
}

export interface IndexerSource {
  narrow: Tensor
  block: BlockShape
}

/** A mask that hides all cells but the best, which keep what the usual mask says of them. */
function maskOfBest(context: GraphContext, block: BlockShape, scores: Tensor): Tensor {
  const { g, inputs, shape, load } = context
  const [, tokens] = scores.shape
  // Contexts of fewer cells are counted as if they had as many: sizes then grow evenly with the context.
  const count = shape.architecture['indexer.top_k'] ?? 2048
  const best = g.op([g.op([scores], [count, tokens, 1])], [count, tokens, 1])
  const zeros = g.inplace([g.leaf([1, count, tokens])])
  const mask = inputs.mask(block)
  const elementBytes = load.flash_attention ? F16 : F32
  const hidden = g.op([mask], mask.shape, { inplace: true, elementBytes })
  const unhidden = g.storeInto(hidden, [zeros, g.view(best, best.shape)])
  return g.op([g.view(unhidden, mask.shape), mask], mask.shape, { inplace: true, elementBytes })
}
