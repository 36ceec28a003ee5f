import type { BlockShape } from '../model-shape.js'
import type { GraphContext } from './context.js'
import { expertLayerOf, routedExperts } from './experts.js'
import { feedForward } from './feed-forward.js'
import { selfAttention } from './layers.js'
import { perLayerOutput, type PerLayerInput } from './per-layer-input.js'
import type { Tensor } from './tensor.js'

/** A block of Gemma 4: norms before and after, experts beside the dense layer, per-layer embeddings (gemma4.cpp). */
export function gemma4Block(
  context: GraphContext,
  x: Tensor,
  step: { block: BlockShape; perLayer: PerLayerInput | null },
): Tensor {
  const { g } = context
  const attended = selfAttention(context, g.norm(x, 'attn_norm'), step.block)
  const middle = g.inplace([g.norm(attended, 'post_attention_norm'), x])
  const fed = g.norm(feedForwards(context, middle, step.block), 'post_ffw_norm')
  let out = g.inplace([fed, middle])
  if (step.perLayer) {
    out = g.inplace([out, perLayerOutput(context, out, step.perLayer.of(g.block))])
  }
  return g.withVector(out, 'layer_output_scale.weight')
}

function feedForwards(context: GraphContext, middle: Tensor, block: BlockShape): Tensor {
  const { g } = context
  const width = block.feed_forward_length
  if (!block.experts) return feedForward(context, g.norm(middle, 'ffn_norm'), { width })
  const dense = feedForward(context, g.norm(middle, 'ffn_norm'), { width })
  const input = g.norm(middle, 'pre_ffw_norm_2')
  const router = g.withVector(
    g.inplace([g.op([middle], middle.shape, { inplace: true })]),
    'ffn_gate_inp.scale',
  )
  const routed = routedExperts(context, input, expertLayerOf(context, width), router)
  return g.inplace([g.norm(dense, 'post_ffw_norm_1'), g.norm(routed, 'post_ffw_norm_2')])
}
