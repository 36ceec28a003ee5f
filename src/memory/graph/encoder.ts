import type { BlockShape } from '../model-shape.js'
import type { GraphContext } from './context.js'
import { feedForward } from './feed-forward.js'
import { projectedHeads } from './layers.js'
import { HOST, type Tensor } from './tensor.js'

const F16 = 2
const F32 = 4

/** Blocks of the model that are built, in order. */
export interface EncoderBlock {
  index: number
  block: BlockShape
}

/**
 * An encoder: norms behind each part, attention within the batch without a cache, and one vector a slot in place of
 * logits (bert.cpp). Rows are dropped before the last feed-forward layer only where not all are asked for.
 */
export function buildEncoder(context: GraphContext, blocks: readonly EncoderBlock[]): void {
  const { g, traits } = context
  let x = embedTokens(context)
  g.enterBlock(0)
  x = g.norm(x, 'token_embd_norm', 'layer_bias')
  const last = blocks[blocks.length - 1]
  for (const { index, block } of blocks) {
    g.enterBlock(index)
    let mixed = encoderAttention(context, x, block)
    let residual = x
    if (index === last?.index) {
      const rows = (part: Tensor) =>
        g.op([part, context.inputs.outputRows()], [part.shape[0], context.load.output_rows, 1])
      mixed = rows(mixed)
      residual = rows(residual)
    }
    const middle = g.norm(g.inplace([mixed, residual]), 'attn_output_norm', 'layer_bias')
    const fed = feedForward(context, middle, { width: block.feed_forward_length })
    x = g.norm(g.inplace([fed, middle]), 'layer_output_norm', 'layer_bias')
  }
  g.block = -1
  g.expand(g.output(traits.pooling === 'mean' ? meanOf(context, g.expand(g.output(x))) : x))
}

/** Token and type, and position where that is not rotated in. The vectors lie on the host. */
function embedTokens(context: GraphContext): Tensor {
  const { g, inputs, load, shape, traits } = context
  const width = shape.embedding_length
  const ids = inputs.tokens(width)
  const tokens = g.expand(g.op([ids], [width, load.tokens, 1], { side: HOST }))
  const type = g.external([width, 1, 1], width * F32, HOST)
  const typed = g.op([tokens, type], tokens.shape, { inplace: true, side: g.sideForBatch(load.tokens) })
  typed.hostWeight = true
  if (traits.rope !== 'none') return typed
  const places = g.op([inputs.positions(1)], tokens.shape, { side: HOST })
  return g.inplace([places, typed])
}

function encoderAttention(context: GraphContext, x: Tensor, block: BlockShape): Tensor {
  const { g, shape, traits } = context
  const heads = projectedHeads(context, x, block)
  const query = g.expand(heads.query)
  const key = g.expand(heads.key ?? query)
  const value = g.expand(heads.value ?? query)
  const turned = (part: Tensor) => g.view(part, [part.shape[0], part.shape[2], part.shape[1]], true)
  const parts = { query: turned(query), key: turned(key), value: turned(value) }
  const result = g.expand(context.flash ? flash(context, parts) : multiplied(context, parts))
  const out = g.project(result, shape.embedding_length, 'attn_output.weight')
  return traits.output_bias ? g.withVector(out, 'attn_output.bias') : out
}

interface Turned {
  query: Tensor
  key: Tensor
  value: Tensor
}

/** Every token may see every other of its slot: a mask of the batch against itself. */
function maskOf({ inputs, load, flash: isHalf }: GraphContext): Tensor {
  return inputs.get('mask', [load.tokens, load.tokens, 1], isHalf ? F16 : F32)
}

function flash(context: GraphContext, { query, key, value }: Turned): Tensor {
  const { g } = context
  const halved = (part: Tensor) => g.op([part], part.shape, { elementBytes: F16 })
  const [length, tokens, heads] = query.shape
  const node = g.op([query, halved(key), halved(value), maskOf(context)], [length, heads, tokens])
  g.flashNodes.push({ node, side: g.weightSide })
  return g.view(node, [length * heads, tokens, 1])
}

function multiplied(context: GraphContext, { query, key, value }: Turned): Tensor {
  const { g } = context
  const [length, tokens, heads] = query.shape
  const scores = g.op([key, query], [tokens, tokens, heads])
  const weights = g.inplace([scores, maskOf(context)])
  const columns = g.op(
    [g.view(value, [tokens, length, value.shape[2]], true)],
    [tokens, length, value.shape[2]],
  )
  const result = g.op([columns, weights], [length, tokens, heads])
  return g.op([g.view(result, [length, heads, tokens], true)], [length * heads, tokens, 1])
}

/** One vector a slot: the mean of its tokens. */
function meanOf(context: GraphContext, x: Tensor): Tensor {
  const { g, inputs, load } = context
  const [width, rows] = x.shape
  const columns = g.op([g.view(x, [rows, width, 1], true)], [rows, width, 1])
  const mean = inputs.get('mean', [load.tokens, load.parallel, 1], F32)
  return g.op([columns, mean], [width, load.parallel, 1])
}
