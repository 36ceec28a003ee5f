import type { GraphContext } from './context.js'
import type { Tensor } from './tensor.js'

export interface FeedForward {
  /** Width of the hidden layer. */
  width: number
  /** Ending of the tensors' names: `_shexp` for a shared expert. */
  suffix?: string
  kind?: 'gated' | 'fused' | 'plain'
}

/** A dense feed-forward layer. */
export function feedForward(context: GraphContext, x: Tensor, layer: FeedForward): Tensor {
  const { g, traits } = context
  const suffix = layer.suffix ?? ''
  const bias = traits.feed_forward_bias
  const project = (input: Tensor, rows: number, part: string) => {
    const result = g.project(input, rows, `ffn_${part}${suffix}.weight`)
    return bias ? g.withVector(result, `ffn_${part}${suffix}.bias`) : result
  }
  const kind = layer.kind ?? traits.feed_forward
  const hidden = () => {
    if (kind === 'gated') {
      const gate = project(x, layer.width, 'gate')
      const up = project(x, layer.width, 'up')
      return g.op([gate, up], up.shape)
    }
    if (kind === 'fused') {
      const both = project(x, 2 * layer.width, 'up')
      return g.op([both], [layer.width, x.shape[1], x.shape[2]])
    }
    const up = g.inplace([project(x, layer.width, 'up')])
    return traits.squared ? g.inplace([up]) : up
  }
  return project(hidden(), context.shape.embedding_length, 'down')
}
