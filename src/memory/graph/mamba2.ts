import type { GraphContext } from './context.js'
import { carryOthers, clearState, convolutionInput, loadState, saveState, stateCache } from './states.js'
import type { Tensor } from './tensor.js'

/** Kernels exist for these state sizes only (ggml-cuda.cu); others run on the host. */
const STATE_SIZES = new Set([128, 256])

/** A Mamba-2 mixer: convolution, selective scan, gate (build_mamba2_layer in llama.cpp's mamba-base.cpp). */
export function mamba2(context: GraphContext, x: Tensor): Tensor {
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
  const before = loadState(context, convolutionCache)
  const mixed = g.project(x, inner + channels + heads, 'ssm_in.weight')
  const columns = g.view(mixed, [tokens, channels, 1], true)
  const memory = { cache: convolutionCache, state: before, channels }
  const input = convolutionInput(context, columns, memory)
  const convolved = convolve(context, input, channels)
  const values = g.view(convolved, [inner / heads, heads, tokens], true)
  const steps = g.op([g.view(mixed, [heads, tokens, 1], true)], [heads, tokens, 1])
  const biased = g.withVector(steps, 'ssm_dt.bias')
  clearState(context, cache)
  const both = () => g.view(convolved, [size, groups, tokens], true)
  const state = size * inner * load.parallel
  const sources = [g.view(cache, cache.shape), values, biased, both(), both()]
  const scan = g.weighted([...sources, context.inputs.stateRows()], [inner * tokens + state, 1, 1], {
    name: 'ssm_a',
    elements: heads,
    batch: 1,
  })
  if (!STATE_SIZES.has(size)) scan.gpuCannot = true
  g.expand(scan)
  carryOthers(context, cache)
  saveState(context, g.view(scan, [state, 1, 1]), cache)
  const result = g.view(scan, [inner / heads, heads, tokens])
  const gate = g.op([g.view(mixed, values.shape, true)], values.shape)
  const skipped = g.inplace([result, g.withVector(values, 'ssm_d')])
  const gated = g.op([gate, skipped], values.shape)
  const grouped = g.view(gated, [inner / groups, groups, tokens])
  const hasNorm = context.traits.ssm_norm
  const normed = hasNorm ? g.norm(grouped, 'ssm_norm') : grouped
  return g.project(g.view(normed, [inner, tokens, 1]), shape.embedding_length, 'ssm_out.weight')
}

/** Convolution over a few tokens with bias and activation. */
export function convolve(context: GraphContext, input: Tensor, channels: number): Tensor {
  const { g, load, shape } = context
  const kernel = shape.architecture['ssm.conv_kernel'] ?? 4
  const row = g.weighted([input], [channels, load.tokens, 1], {
    name: 'ssm_conv1d.weight',
    elements: kernel * channels,
    batch: load.tokens,
  })
  const biased = context.traits.convolution_bias ? g.withVector(row, 'ssm_conv1d.bias') : row
  return g.inplace([biased])
}
