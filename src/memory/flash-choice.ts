import { graphModelOf, placementOf, type Detail } from './compute.js'
import { hasFlashKernel } from './graph/flash-attention.js'
import { flashStaysWithBlocks } from './graph/model-graph.js'
import { isQuantizedKv } from './kv-types.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'

/**
 * Whether flash attention is really on. llama.cpp builds the graph of one token a slot and turns it off by
 * itself where a block's attention would run elsewhere than the block: no kernel for the heads on the GPU, or
 * a neighbour's side at the border of the two. A quantized V cache needs it, and forces it on.
 *
 * Source: llama.cpp v0.5.0, resolve_fused_ops in src/llama-context.cpp.
 */
export function flashAttentionOf(shape: ModelShape, load: NormalizedLoad, detail: Detail): boolean {
  if (!load.flash_attention || shape.name === 'grok') return false
  if (isQuantizedKv(load.kv_type_v)) return true
  const missing = shape.blocks.some(
    (block, index) =>
      index >= load.first_gpu_block &&
      (block.mixer === 'attention' || block.mixer === 'both') &&
      !hasFlashKernel(shape, block),
  )
  if (missing) return false
  if (load.first_gpu_block === 0 || load.first_gpu_block >= shape.block_count) return true
  const probe = { ...load, tokens: load.parallel, output_rows: load.parallel, ubatch: load.parallel }
  const placement = placementOf(probe, { bytesOf: () => 0, block_bytes: null, rope_factors: false })
  return flashStaysWithBlocks(graphModelOf(shape, probe, detail === 'every_block' ? null : []), {
    load: probe,
    placement,
  })
}
