import type { GraphContext } from './context.js'
import { convolutionInput, loadState, stateCache } from './states.js'
import type { Tensor } from './tensor.js'

/** The short convolution of LFM2, gated before and after (lfm2.cpp). */
export function shortConvolution(context: GraphContext, x: Tensor): Tensor {
  const { g, shape, load } = context
  const width = shape.embedding_length
  const tokens = load.tokens
  const cache = stateCache(context, shape.state.convolution)
  const state = loadState(context, cache)
  const mixed = g.project(x, 3 * width, 'shortconv.in_proj.weight')
  const part = () => g.view(mixed, [width, tokens, 1], true)
  const gated = g.inplace([part(), part()])
  const columns = g.view(gated, [tokens, width, 1], true)
  const input = convolutionInput(context, columns, { cache, state, channels: width })
  const kernel = shape.architecture['shortconv.l_cache'] ?? 3
  const convolved = g.weighted([input], [width, tokens, 1], {
    name: 'shortconv.conv.weight',
    elements: kernel * width,
    batch: tokens,
  })
  return g.project(g.inplace([part(), convolved]), width, 'shortconv.out_proj.weight')
}
