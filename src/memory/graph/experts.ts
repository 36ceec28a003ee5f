import type { GraphContext } from './context.js'
import { feedForward } from './feed-forward.js'
import type { Tensor } from './tensor.js'

/** Kernels exist for powers of two up to this and for a few other numbers of experts (topk-moe.cu). */
const MAX_FUSED_EXPERTS = 512
const OTHER_FUSED_EXPERTS = new Set([288, 576])
/** The most experts a token may use in the fused weighted sum (ggml-cuda.cu). */
const MAX_REDUCED_EXPERTS = 15

export interface ExpertLayer {
  count: number
  used: number
  width: number
  shared_width: number
}

export function expertLayerOf(context: GraphContext, feed_forward_length: number): ExpertLayer {
  const a = context.shape.architecture
  const width = a.expert_feed_forward_length ?? feed_forward_length
  const shared = a.expert_shared_feed_forward_length ?? width * (a.expert_shared_count ?? 0)
  return { count: a.expert_count ?? 0, used: a.expert_used_count ?? 0, width, shared_width: shared }
}

/** Routed experts, with the shared expert added where there is one. */
export function expertFeedForward(context: GraphContext, x: Tensor, layer: ExpertLayer): Tensor {
  const { g, traits } = context
  const routed = routedExperts(context, x, layer)
  if (traits.experts.shared === 'none' || layer.shared_width === 0) return routed
  const shared = feedForward(context, x, {
    width: layer.shared_width,
    suffix: '_shexp',
    kind: traits.experts.gated ? 'gated' : 'plain',
  })
  if (traits.experts.shared === 'added') return g.inplace([routed, shared])
  const gate = g.inplace([g.project(x, 1, 'ffn_gate_inp_shexp.weight')])
  return g.inplace([routed, g.inplace([shared, gate])])
}

export function routedExperts(
  context: GraphContext,
  x: Tensor,
  layer: ExpertLayer,
  router: Tensor = x,
): Tensor {
  const { g, traits } = context
  const e = traits.experts
  const { probs, ids, weights } = chooseExperts(context, router, layer)
  g.expand(weights)
  fuseChoice(context, layer, probs)
  const tokens = x.shape[1]
  const wide = g.view(x, [x.shape[0], 1, tokens])
  const input = e.weight_first ? g.inplace([g.op([wide], [x.shape[0], layer.used, tokens]), weights]) : wide
  const multiply = (from: Tensor, rows: number, part: string) => {
    const name = `ffn_${part}_exps`
    const elements = from.shape[0] * rows * layer.count
    const shape = [rows, layer.used, tokens] as const
    const matrix = { name: `${name}.weight`, elements, batch: tokens, row: from.shape[0] }
    const product = g.ofExperts(() => g.weighted([from, ids], shape, matrix))
    if (!e.bias) return product
    const vector = { name: `${name}.bias`, elements: rows * layer.count, batch: layer.used * tokens }
    return g.ofExperts(() => g.weighted([product, ids], shape, { ...vector, inplace: true }))
  }
  const hidden = hiddenOf(context, input, { layer, multiply })
  const down = multiply(hidden, context.shape.embedding_length, 'down')
  const scale = e.down_scale ? expertScale(context, ids, layer) : null
  const scaled = scale ? g.inplace([down, scale]) : down
  const weighted = e.weight_first ? scaled : g.inplace([scaled, weights])
  return sumExperts(context, weighted, scale ? [down, weights, scale] : [down, weights])
}

/** A factor for each chosen expert. */
function expertScale(context: GraphContext, ids: Tensor, layer: ExpertLayer): Tensor {
  const { g } = context
  const tokens = ids.shape[1]
  const all = g.op([], [1, layer.count, tokens])
  return g.op([all, ids], [1, layer.used, tokens])
}

interface Multiplication {
  layer: ExpertLayer
  multiply: (from: Tensor, rows: number, part: string) => Tensor
}

function hiddenOf(context: GraphContext, input: Tensor, m: Multiplication): Tensor {
  const { g, traits } = context
  const { layer, multiply } = m
  if (!traits.experts.gated) {
    const up = g.inplace([multiply(input, layer.width, 'up')])
    return traits.squared ? g.inplace([up]) : up
  }
  if (traits.experts.merged) {
    const both = multiply(input, 2 * layer.width, 'gate_up')
    const half = [layer.width, layer.used, input.shape[2]] as const
    return g.op([g.view(both, half, true), g.view(both, half, true)], half)
  }
  const gate = multiply(input, layer.width, 'gate')
  const up = multiply(input, layer.width, 'up')
  return g.op([gate, up], up.shape)
}

/** Scores of all experts, the best ones and their weights. */
function chooseExperts(
  context: GraphContext,
  x: Tensor,
  layer: ExpertLayer,
): { probs: Tensor; ids: Tensor; weights: Tensor } {
  const { g, traits } = context
  const e = traits.experts
  const tokens = x.shape[1]
  let logits = g.project(x, layer.count, 'ffn_gate_inp.weight')
  if (e.bias) logits = g.withVector(logits, 'ffn_gate_inp.bias')
  const probs = e.gate === 'softmax_weight' ? logits : g.inplace([logits])
  const each = g.view(probs, [1, layer.count, tokens])
  let scores = e.weight_first ? logits : probs
  if (e.selection_bias) scores = g.withVector(scores, 'exp_probs_b.bias')
  const sorted = g.op([scores], [layer.count, tokens, 1])
  const ids = g.view(sorted, [layer.used, tokens, 1], true)
  let weights = g.op([each, ids], [1, layer.used, tokens])
  if (e.gate === 'softmax_weight') {
    weights = g.inplace([g.view(weights, [layer.used, tokens, 1])])
    weights = g.view(weights, [1, layer.used, tokens])
  }
  if (e.normalize) {
    const row = g.view(weights, [layer.used, tokens, 1])
    const sum = g.inplace([g.op([row], [1, tokens, 1])])
    weights = g.view(g.inplace([row, sum]), [1, layer.used, tokens])
  }
  if (e.scale) weights = g.inplace([weights])
  return { probs, ids, weights }
}

/** CUDA chooses experts in one kernel, for which all of its steps' tensors stay until the next operation. */
function fuseChoice(context: GraphContext, layer: ExpertLayer, probs: Tensor): void {
  const e = context.traits.experts
  const power = (layer.count & (layer.count - 1)) === 0 && layer.count <= MAX_FUSED_EXPERTS
  if (!power && !OTHER_FUSED_EXPERTS.has(layer.count)) return
  if (e.gate === 'softmax_weight' || e.weight_first) return
  const steps = 5 + (e.selection_bias ? 1 : 0) + (e.normalize ? 5 : 0) + (e.scale ? 1 : 0)
  context.g.fuse(probs, steps)
}

function sumExperts(context: GraphContext, weighted: Tensor, fused: readonly Tensor[]): Tensor {
  const { g, traits } = context
  const [width, used, tokens] = weighted.shape
  const parts: Tensor[] = []
  g.expand(weighted)
  for (let i = 0; i < used; i++) parts.push(g.expand(g.view(weighted, [width, tokens, 1], true)))
  let sum = parts[0] ?? weighted
  if (used === 1) return g.op([sum], [width, tokens, 1])
  for (const part of parts.slice(1)) sum = g.expand(g.inplace([sum, part]))
  if (!traits.experts.weight_first && used <= MAX_REDUCED_EXPERTS) {
    g.keepUntil(sum, fused)
  }
  return sum
}
