import type { GraphContext } from './context.js'
import { convolve } from './mamba2.js'
import { convolutionInput, loadState, saveState, stateCache } from './states.js'
import type { Tensor } from './tensor.js'

/** A gated delta net, the linear attention of Qwen3-Next and Qwen3.5 (qwen3next.cpp, delta-net-base.cpp). */
export function deltaNet(context: GraphContext, x: Tensor): Tensor {
  const { g, shape, load } = context
  const a = shape.architecture
  const inner = a['ssm.inner_size'] ?? 0
  const size = a['ssm.state_size'] ?? 0
  const heads = a['ssm.time_step_rank'] ?? 1
  const groups = a['ssm.group_count'] ?? 1
  const channels = inner + 2 * groups * size
  const tokens = load.tokens
  const convolutionCache = stateCache(context, shape.state.convolution)
  const cache = stateCache(context, shape.state.state)
  g.expand(x)
  const before = loadState(context, convolutionCache)
  const mixed = g.project(x, channels, 'attn_qkv.weight')
  const columns = g.view(mixed, [tokens, channels, 1], true)
  const memory = { cache: convolutionCache, state: before, channels }
  const input = convolutionInput(context, columns, memory)
  const state = loadState(context, cache)
  const convolved = convolve(context, input, channels)
  const normed = () => {
    const part = g.view(convolved, [size, groups, tokens], true)
    const scaled = g.inplace([g.inplace([part])])
    if (!context.traits.repeated_keys || groups === heads) return scaled
    const flat = g.view(scaled, [size, 1, groups * tokens])
    return g.view(g.op([flat], [size, heads / groups, groups * tokens]), [size, heads, tokens])
  }
  const query = normed()
  const key = normed()
  const value = g.view(convolved, [inner / heads, heads, tokens], true)
  const { gate, beta } = gates(context, x, { heads, groups })
  const stateElements = size * inner * load.parallel
  const sources = [query, key, value, gate, beta, g.view(state, [size, inner, load.parallel])]
  const net = g.op(sources, [inner * tokens + stateElements, 1, 1])
  saveState(context, g.view(net, [stateElements, 1, 1]), cache)
  const result = g.norm(g.view(net, [inner / heads, heads, tokens]), 'ssm_norm')
  const z = g.view(g.project(x, inner, 'attn_gate.weight'), [inner / heads, heads, tokens])
  const gated = g.view(g.inplace([result, g.inplace([z])]), [inner, tokens, 1])
  return g.view(g.project(gated, shape.embedding_length, 'ssm_out.weight'), x.shape)
}

/** Decay and write strength of each head: two small projections, or one of both. */
function gates(
  context: GraphContext,
  x: Tensor,
  size: { heads: number; groups: number },
): { gate: Tensor; beta: Tensor } {
  const { g } = context
  const { heads, groups } = size
  const tokens = x.shape[1]
  const finish = (alpha: Tensor) => {
    const active = g.inplace([g.withVector(alpha, 'ssm_dt.bias')])
    return g.view(g.withVector(active, 'ssm_a'), [1, heads, tokens])
  }
  if (context.traits.repeated_keys) {
    const both = g.project(x, 2 * heads, 'ssm_ba.weight')
    const part = [heads / groups, groups, tokens] as const
    const alpha = g.op([g.view(both, part, true)], [heads, tokens, 1])
    const beta = g.inplace([g.op([g.view(both, part, true)], part)])
    return { gate: finish(alpha), beta: g.view(beta, [1, heads, tokens]) }
  }
  const alpha = g.view(g.project(x, heads, 'ssm_alpha.weight'), [heads, tokens, 1])
  const beta = g.view(g.project(x, heads, 'ssm_beta.weight'), [1, heads, tokens])
  return { gate: finish(alpha), beta: g.inplace([beta]) }
}
