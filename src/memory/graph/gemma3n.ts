import type { BlockShape } from '../model-shape.js'
import type { GraphContext } from './context.js'
import { selfAttention } from './layers.js'
import { perLayerOutput, type PerLayerInput } from './per-layer-input.js'
import type { Tensor } from './tensor.js'

const LAUREL_RANK = 64
const ALTUP_INPUTS = 4
/** The first blocks silence all but the strongest activations (gemma3n.cpp). */
const SPARSE_BLOCKS = 10

function streams(context: GraphContext): number {
  return context.shape.architecture['altup.num_inputs'] ?? ALTUP_INPUTS
}

/** Copies scaled to the length of the first stream. */
function scaledTo(context: GraphContext, projected: Tensor, reference: Tensor): Tensor {
  const { g } = context
  const length = (x: Tensor) => {
    const squared = g.inplace([x])
    return g.inplace([g.op([squared], [1, x.shape[1], x.shape[2]])])
  }
  return g.inplace([g.inplace([projected, length(reference)]), length(projected)])
}

/** The parallel residual streams that the blocks work on. */
export function gemma3nStreams(context: GraphContext, x: Tensor): Tensor {
  const { g, shape, load } = context
  const others = streams(context) - 1
  const wide = [shape.embedding_length, load.tokens, others] as const
  const projected = g.project(g.op([x], wide), shape.embedding_length, 'altup_proj.weight')
  const scaled = scaledTo(context, projected, x)
  return g.op([x, scaled], [shape.embedding_length, load.tokens, others + 1])
}

export function gemma3nMerge(context: GraphContext, x: Tensor): Tensor {
  const { g } = context
  const [width, tokens, count] = x.shape
  const first = () => g.view(x, [width, tokens, 1])
  const others = g.view(x, [width, tokens, count - 1])
  const projected = g.project(others, width, 'altup_unembd_proj.weight')
  const scaled = scaledTo(context, projected, first())
  let sum = first()
  for (let i = 1; i < count; i++) sum = g.inplace([sum, g.view(scaled, [width, tokens, 1])])
  return g.inplace([sum])
}

/** A block of Gemma 3n: predict all streams, work on one, correct all by what came of it. */
export function gemma3nBlock(
  context: GraphContext,
  x: Tensor,
  step: { block: BlockShape; perLayer: PerLayerInput | null },
): Tensor {
  const { g } = context
  const [width, tokens, count] = x.shape
  const predictions = predict(context, x)
  const active = g.view(predictions, [width, tokens, 1])
  const worked = work(context, active, step.block)
  const innovation = g.inplace([worked, g.view(predictions, [width, tokens, 1])])
  const repeated = g.op([innovation], x.shape)
  const coefficients = g.inplace([g.project(modalities(context, worked), count, 'altup_correct_coef.weight')])
  const turned = g.op([g.view(coefficients, [tokens, count, 1], true)], [1, tokens, count])
  const corrected = g.inplace([g.inplace([repeated, turned]), predictions])
  const first = g.view(corrected, [width, tokens, 1])
  const others = g.view(corrected, [width, tokens, count - 1])
  if (!step.perLayer) return corrected
  const scaled = g.withVector(g.view(corrected, [width, tokens, 1]), 'altup_correct_scale.weight')
  const added = perLayerOutput(context, scaled, step.perLayer.of(g.block))
  return g.op([first, g.inplace([others, added])], x.shape)
}

function modalities(context: GraphContext, x: Tensor): Tensor {
  const { g } = context
  const scaled = g.inplace([g.norm(x, 'altup_router_norm')])
  return g.inplace([g.project(scaled, streams(context), 'altup_router.weight')])
}

function predict(context: GraphContext, x: Tensor): Tensor {
  const { g } = context
  const [width, tokens, count] = x.shape
  const active = g.view(x, [width, tokens, 1])
  const coefficients = g.project(modalities(context, active), count * count, 'altup_predict_coef.weight')
  const turned = g.op([g.view(x, [count, width, tokens], true)], [count, width, tokens])
  const mixed = g.op([turned, g.view(coefficients, [count, count, tokens])], [width, count, tokens])
  return g.inplace([g.op([g.view(mixed, x.shape, true)], x.shape), x])
}

function work(context: GraphContext, active: Tensor, block: BlockShape): Tensor {
  const { g, shape } = context
  const normed = g.norm(active, 'attn_norm')
  const laurel = g.project(
    g.project(normed, shape.architecture.laurel_rank ?? LAUREL_RANK, 'laurel_l.weight'),
    shape.embedding_length,
    'laurel_r.weight',
  )
  const laurelOut = g.inplace([g.norm(laurel, 'laurel_post_norm'), normed])
  const attended = g.norm(selfAttention(context, normed, block), 'post_attention_norm')
  const both = g.inplace([g.inplace([g.inplace([attended, active]), laurelOut])])
  const input = g.norm(both, 'ffn_norm')
  const up = g.project(input, block.feed_forward_length, 'ffn_up.weight')
  const gate = g.project(input, block.feed_forward_length, 'ffn_gate.weight')
  const chosen = g.block < SPARSE_BLOCKS ? strongest(context, gate) : gate
  const hidden = g.inplace([up, g.inplace([chosen])])
  const down = g.project(hidden, shape.embedding_length, 'ffn_down.weight')
  return g.inplace([g.norm(down, 'post_ffw_norm'), both])
}

function strongest(context: GraphContext, gate: Tensor): Tensor {
  const { g } = context
  const row = [1, gate.shape[1], 1] as const
  const mean = g.op([gate], row)
  const squared = g.inplace([g.inplace([gate, mean])])
  const deviation = g.inplace([g.inplace([g.inplace([g.op([squared], row)])])])
  const cutoff = g.inplace([mean, deviation])
  return g.inplace([g.inplace([gate, cutoff])])
}
