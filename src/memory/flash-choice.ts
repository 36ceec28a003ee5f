import { hasKernelForHeads, readsCacheTypes } from './graph/flash-attention.js'
import { flashStaysWithBlocks } from './graph/model-graph.js'
import { isQuantizedKv } from './kv-types.js'
import type { NormalizedLoad } from './load.js'
import type { BlockShape, ModelShape } from './model-shape.js'
import { graphModelOf, NO_HOST_WEIGHTS, placementOf } from './simulate-compute.js'

/**
 * Whether flash attention is really on. llama.cpp builds the graph of one token a slot and turns it off by
 * itself where a block's attention would run elsewhere than the block: no kernel for the heads on the GPU, or
 * a neighbour's side at the border of the two. A quantized V cache needs it, and forces it on.
 *
 * Source: llama.cpp v0.5.0, resolve_fused_ops in src/llama-context.cpp.
 */
export function flashAttentionOf(shape: ModelShape, load: NormalizedLoad): boolean {
  if (!load.flash_attention || shape.name === 'grok') return false
  if (isQuantizedKv(load.kv_type_v)) return true
  if (lastWithoutKernel(shape) >= load.first_gpu_block) return false
  if (!readsCacheTypes(shape, load) && lastWithAttention(shape) >= load.first_gpu_block) return false
  if (load.first_gpu_block === 0 || load.first_gpu_block >= shape.block_count) return true
  const probes = probesOf(shape)
  // All that decides where the graph's operations run: sizes do not.
  const { first_gpu_block, cpu_moe_layers, parallel, streams, kv_type_k, kv_type_v } = load
  const key = `${first_gpu_block},${cpu_moe_layers},${parallel},${streams},${kv_type_k},${kv_type_v}`
  let stays = probes.get(key)
  if (stays === undefined) {
    stays = probe(shape, load)
    if (probes.size >= MAX_PROBES) probes.clear()
    probes.set(key, stays)
  }
  return stays
}

function probe(shape: ModelShape, load: NormalizedLoad): boolean {
  const tokens = load.parallel
  const one = { ...load, tokens, output_rows: tokens, ubatch: tokens }
  const placement = placementOf(one, NO_HOST_WEIGHTS)
  // Norms and weights then hold every block to its side, so that a side spreads to the next block at most.
  const isLocal = placement.pinsNorms && load.cpu_moe_layers === 0
  const model = graphModelOf(shape, one, null)
  const probed = isLocal ? { ...model, blocks: blocksAtBorder(shape, one) } : model
  return flashStaysWithBlocks(probed, { load: one, placement })
}

/** Blocks whose attention may be drawn to the other side, and what is next to them. */
function blocksAtBorder(shape: ModelShape, { first_gpu_block }: NormalizedLoad): number[] {
  const around = [-2, -1, 0, 1].map((offset) => first_gpu_block + offset)
  return around.filter((index) => index >= 0 && index < shape.blocks.length)
}

/** Answers that are kept for one model; a search for a split asks a few times. */
const MAX_PROBES = 256
const allProbes = new WeakMap<ModelShape, Map<string, boolean>>()

function probesOf(shape: ModelShape): Map<string, boolean> {
  const known = allProbes.get(shape)
  if (known) return known
  const probes = new Map<string, boolean>()
  allProbes.set(shape, probes)
  return probes
}

const lasts = new WeakMap<ModelShape, number>()

/** The last block whose attention has no kernel on the GPU; -1 where all have. */
function lastWithoutKernel(shape: ModelShape): number {
  let last = lasts.get(shape)
  if (last === undefined) {
    last = shape.blocks.findLastIndex((block) => attends(block) && !hasKernelForHeads(shape, block))
    lasts.set(shape, last)
  }
  return last
}

const attends = ({ mixer }: BlockShape): boolean => mixer === 'attention' || mixer === 'both'

const lastWithAttention = (shape: ModelShape): number => shape.blocks.findLastIndex(attends)
