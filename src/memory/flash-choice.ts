import type { Detail } from './compute.js'
import { hasFlashKernel } from './graph/flash-attention.js'
import { flashStaysWithBlocks } from './graph/model-graph.js'
import { isQuantizedKv } from './kv-types.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'
import { graphModelOf, NO_HOST_WEIGHTS, placementOf } from './simulate-compute.js'

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
  if (lastWithoutKernel(shape) >= load.first_gpu_block) return false
  if (load.first_gpu_block === 0 || load.first_gpu_block >= shape.block_count) return true
  const probe = { ...load, tokens: load.parallel, output_rows: load.parallel, ubatch: load.parallel }
  const placement = placementOf(probe, NO_HOST_WEIGHTS)
  return flashStaysWithBlocks(graphModelOf(shape, probe, detail === 'every_block' ? null : []), {
    load: probe,
    placement,
  })
}

const lasts = new WeakMap<ModelShape, number>()

/** The last block whose attention has no kernel on the GPU; -1 where all have. */
function lastWithoutKernel(shape: ModelShape): number {
  let last = lasts.get(shape)
  if (last === undefined) {
    last = shape.blocks.findLastIndex(
      (block) => (block.mixer === 'attention' || block.mixer === 'both') && !hasFlashKernel(shape, block),
    )
    lasts.set(shape, last)
  }
  return last
}
