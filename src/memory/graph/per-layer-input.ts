import type { GraphContext } from './context.js'
import type { Tensor } from './tensor.js'

const I32 = 4

/** Embeddings that every block adds on its own (gemma3n, gemma4): looked up on the host, mixed with a projection. */
export interface PerLayerInput {
  /** Rows of one block: its width, tokens. */
  of: (block: number) => Tensor
}

/** `null` where the model has no per-layer embeddings. */
export function perLayerInput(context: GraphContext): ((x: Tensor) => PerLayerInput) | null {
  const { g, shape, load } = context
  const width = shape.architecture.embedding_length_per_layer_input ?? 0
  if (width === 0) return null
  const blocks = shape.blocks.length
  const all = [width, blocks, load.tokens] as const
  const ids = context.inputs.get('tokens_again', [load.tokens, 1, 1], I32)
  const rows = g.op([ids], [width * blocks, load.tokens, 1], { side: 1 })
  const selected = g.expand(g.inplace([g.view(rows, all)]))
  return (x) => {
    g.enterBlock(0)
    const projected = g.inplace([g.project(x, width * blocks, 'per_layer_model_proj.weight')])
    const normed = g.norm(g.view(projected, all), 'per_layer_proj_norm')
    const sum = g.inplace([g.inplace([normed, selected])])
    const turned = g.op([g.view(sum, [width, load.tokens, blocks], true)], [width, load.tokens, blocks])
    return { of: () => g.view(turned, [width, load.tokens, 1]) }
  }
}

/** What a block adds from its per-layer embedding. */
export function perLayerOutput(context: GraphContext, x: Tensor, input: Tensor): Tensor {
  const { g, shape } = context
  const gate = g.inplace([g.project(x, input.shape[0], 'inp_gate.weight')])
  const scaled = g.inplace([gate, input])
  return g.norm(g.project(scaled, shape.embedding_length, 'proj.weight'), 'post_norm')
}
