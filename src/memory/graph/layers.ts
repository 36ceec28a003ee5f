import type { BlockShape } from '../model-shape.js'
import { attend, type Heads } from './attention.js'
import type { GraphContext } from './context.js'
import { expertFeedForward, expertLayerOf } from './experts.js'
import { feedForward } from './feed-forward.js'
import type { Tensor } from './tensor.js'

/** Attention with one set of query, key and value projections, output projection included. */
export function selfAttention(context: GraphContext, x: Tensor, block: BlockShape): Tensor {
  const { g, traits, shape } = context
  const gated = traits.query_gate ? gatedQuery(context, x, block) : null
  const heads = gated?.heads ?? projectedHeads(context, x, block)
  let result = attend(context, heads, block, { capped: traits.attention_cap })
  if (gated) result = g.inplace([result, gated.gate])
  const out = g.project(result, shape.embedding_length, 'attn_output.weight')
  return traits.output_bias ? g.withVector(out, 'attn_output.bias') : out
}

/** Queries, keys and values as the block's projections give them, normed and rotated. */
export function projectedHeads(context: GraphContext, x: Tensor, block: BlockShape): Heads {
  const { traits } = context
  const source = traits.qkv === 'separate' ? separate(context, x) : fused(context, x, block)
  const query = rotated(context, source('q'), { block, part: 'q' })
  if (!block.has_cache && !context.shape.cacheless) return { query, key: null, value: null }
  return {
    query,
    key: rotated(context, source('k'), { block, part: 'k' }),
    value: valueHeads(context, source('v'), block),
  }
  function separate(c: GraphContext, input: Tensor) {
    return (part: Part): Tensor => {
      const row = c.g.project(input, rowOf(block, part), `attn_${part}.weight`)
      return c.traits.qkv_bias ? c.g.withVector(row, `attn_${part}.bias`) : row
    }
  }
}

function valueHeads(context: GraphContext, row: Tensor, block: BlockShape): Tensor {
  const heads = headsOf(context, row, block.value_length)
  return context.traits.value_norm ? context.g.inplace([heads]) : heads
}

type Part = 'q' | 'k' | 'v'

function rowOf(block: BlockShape, part: Part): number {
  if (part === 'q') return block.head_count * block.key_length
  return block.head_count_kv * (part === 'k' ? block.key_length : block.value_length)
}

function fused(context: GraphContext, x: Tensor, block: BlockShape): (part: Part) => Tensor {
  const { g, traits } = context
  const row = rowOf(block, 'q') + rowOf(block, 'k') + rowOf(block, 'v')
  const product = g.project(x, row, 'attn_qkv.weight')
  const biased = traits.qkv_bias ? g.withVector(product, 'attn_qkv.bias') : product
  const all = traits.qkv_clamp ? g.inplace([biased]) : biased
  return (part) => {
    const view = g.view(all, [rowOf(block, part), x.shape[1], 1], true)
    return traits.qkv === 'split' ? g.op([view], view.shape) : view
  }
}

function headsOf(context: GraphContext, row: Tensor, length: number): Tensor {
  return context.g.view(row, [length, row.shape[0] / length, row.shape[1]], row.strided)
}

/** Queries or keys: norm and rotation as the architecture has them. */
function rotated(context: GraphContext, row: Tensor, which: { block: BlockShape; part: 'q' | 'k' }): Tensor {
  const { g, traits } = context
  const { block, part } = which
  const name = `attn_${part}_norm`
  const kind = traits.norm === 'layer' ? 'layer' : 'rms'
  const whole = traits.qk_norm === 'row' ? g.norm(row, name, kind) : row
  let heads = headsOf(context, whole, block.key_length)
  if (normsHeads(context)) heads = g.norm(heads, name, kind)
  const rotates = hasRotation(context, block)
  if (rotates) heads = g.rotate(heads, context.inputs.positions(traits.positions), hasFactors(context, block))
  if (traits.qk_norm === 'rotated') heads = g.norm(heads, name, kind)
  if (traits.qk_norm === 'unweighted' && rotates) heads = g.inplace([heads])
  if (part === 'k') return heads
  if (traits.query_scale) heads = g.inplace([heads])
  const scaled = traits.position_scale === 'all' || (traits.position_scale === 'unrotated' && !rotates)
  return scaled ? g.inplace([heads, context.inputs.positionScale()]) : heads
}

/** From so many blocks on command-r models have norms of queries and keys (command-r.cpp). */
const DEEP_BLOCKS = 64

function normsHeads({ traits, shape }: GraphContext): boolean {
  if (traits.qk_norm === 'head') return true
  return traits.qk_norm === 'head_if_deep' && shape.blocks.length >= DEEP_BLOCKS
}

/** Architectures without rotation in some blocks leave it out in every fourth one. */
const NO_ROPE_STEP = 4

function hasRotation(context: GraphContext, block: BlockShape): boolean {
  const { rope } = context.traits
  if (rope === 'all' || rope === 'none') return rope === 'all'
  if (rope === 'windowed') return block.windowed || context.shape.window === 0
  return (context.g.block + 1) % NO_ROPE_STEP !== 0
}

/** Gemma 4 has rotation factors for its blocks with full attention only. */
function hasFactors(context: GraphContext, block: BlockShape): boolean {
  return context.traits.special !== 'gemma4' || !block.windowed
}

/** Queries and their gate come from one projection, interleaved by head. */
function gatedQuery(context: GraphContext, x: Tensor, block: BlockShape): { heads: Heads; gate: Tensor } {
  const { g } = context
  const { head_count, key_length } = block
  const both = g.project(x, 2 * head_count * key_length, 'attn_q.weight')
  const tokens = x.shape[1]
  const half = () => g.view(both, [key_length, head_count, tokens], true)
  const rotate = (heads: Tensor, name: string) =>
    g.rotate(g.norm(heads, name), context.inputs.positions(context.traits.positions))
  const projected = (part: 'k' | 'v') => {
    const length = part === 'k' ? key_length : block.value_length
    const row = g.project(x, block.head_count_kv * length, `attn_${part}.weight`)
    return headsOf(context, row, length)
  }
  const heads: Heads = {
    query: rotate(half(), 'attn_q_norm'),
    key: rotate(projected('k'), 'attn_k_norm'),
    value: projected('v'),
  }
  const copied = g.op([half()], [key_length * head_count, tokens, 1])
  return { heads, gate: g.inplace([copied]) }
}

/** The block's feed-forward layer, dense or by experts. */
export function blockFeedForward(context: GraphContext, x: Tensor, block: BlockShape): Tensor {
  if (!block.experts) return feedForward(context, x, { width: block.feed_forward_length })
  return expertFeedForward(context, x, expertLayerOf(context, block.feed_forward_length))
}
