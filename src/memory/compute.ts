import type { ComputeBytes } from './graph/allocate.js'
import type { HostWeightBytes, Placement } from './graph/builder.js'
import { simulateGraph, type GraphModel, type GraphUse } from './graph/model-graph.js'
import { GPU, HOST } from './graph/tensor.js'
import { traitsOf } from './graph/traits-by-architecture.js'
import { PLAIN } from './graph/traits.js'
import type { NormalizedLoad } from './load.js'
import type { BlockShape, ModelShape } from './model-shape.js'

/** Loads whose results are kept for one model; a page asks for a handful. */
const MAX_KEPT = 64

export interface ComputeEstimate extends ComputeBytes {
  /** False where llama.cpp's graph of this architecture is not known here: then a plain one stands in. */
  known: boolean
}

/** Below this batch llama.cpp keeps norms on the device of their block. */
const PINNED_BELOW_TOKENS = 32

/**
 * `every_block` is llama.cpp's own graph; `representative` builds each kind of block a few times, ten times as
 * fast and within a percent or so: for the search for a split, where hundreds are tried.
 */
export type Detail = 'every_block' | 'representative'

export interface HostWeights {
  bytesOf: HostWeightBytes
  /** Of each block, where blocks of the same kind and bytes may stand for each other; `null`: every block is built. */
  block_bytes: readonly number[] | null
  /** The file has rotation factors. */
  rope_factors: boolean
}

const kept = new WeakMap<ModelShape, Map<string, ComputeEstimate>>()

/**
 * Bytes of the compute buffers: llama.cpp's graph is built for the load and allocated as ggml does it.
 * With everything on the GPU the result does not depend on the quantization.
 *
 * @param weights - Weights on the host, which are copied over one at a time; not read with everything on the GPU.
 *
 * Source: llama.cpp v0.5.0; equal to the byte on every architecture of which graph is known.
 */
export function estimateCompute(
  shape: ModelShape,
  load: NormalizedLoad,
  weights: HostWeights,
): ComputeEstimate {
  const everythingOnGpu = load.first_gpu_block === 0 && load.output_on_gpu && load.cpu_moe_layers === 0
  if (!everythingOnGpu) return simulate(shape, load, weights)
  const key = loadKey(load)
  const results = kept.get(shape) ?? new Map<string, ComputeEstimate>()
  kept.set(shape, results)
  const known = results.get(key)
  if (known) return known
  const result = simulate(shape, load, weights)
  if (results.size >= MAX_KEPT) results.clear()
  results.set(key, result)
  return result
}

function loadKey(load: NormalizedLoad): string {
  const { cells, window_cells, streams, parallel, tokens, output_rows } = load
  const numbers = `${cells},${window_cells},${streams},${parallel},${tokens},${output_rows}`
  return `${numbers},${load.kv_type_k},${load.kv_type_v},${load.flash_attention},${load.transposed_values}`
}

function simulate(shape: ModelShape, load: NormalizedLoad, weights: HostWeights): ComputeEstimate {
  const model = graphModelOf(shape, load, weights.block_bytes)
  const result = simulateGraph(model, { load, placement: placementOf(load, weights) })
  return { ...result, known: traitsOf(shape.name) !== null }
}

export function graphModelOf(
  shape: ModelShape,
  load: NormalizedLoad,
  blockBytes: readonly number[] | null,
): GraphModel {
  const traits = traitsOf(shape.name) ?? PLAIN
  return { shape, traits, blocks: representativeBlocks(shape, load, blockBytes) }
}

export function placementOf(load: NormalizedLoad, weights: HostWeights): GraphUse['placement'] {
  const placement: Placement = {
    everythingOnGpu: isAllOnGpu(load),
    sideOfBlock: (block) => (block >= load.first_gpu_block ? GPU : HOST),
    expertsOnHost: (block) => block < load.cpu_moe_layers,
    sideOfOutput: load.output_on_gpu ? GPU : HOST,
    pinsNorms: load.tokens < PINNED_BELOW_TOKENS,
    hostWeightBytes: weights.bytesOf,
    ropeFactors: weights.rope_factors,
  }
  return placement
}

/**
 * Blocks that decide the peak. Buffers repeat from block to block, so a block is left out when the same
 * kind has followed the same kind before; the last one is always built, and so are the two where the host's
 * blocks end. Blocks on the host differ by their weights too, which are copied over.
 */
function representativeBlocks(
  shape: ModelShape,
  load: NormalizedLoad,
  blockBytes: readonly number[] | null,
): readonly number[] {
  if (!isAllOnGpu(load)) {
    return blockBytes ? chooseBlocks(shape, load, blockBytes) : shape.blocks.map((_, index) => index)
  }
  const known = representatives.get(shape)
  if (known) return known
  const chosen = chooseBlocks(shape, load, [])
  representatives.set(shape, chosen)
  return chosen
}

const representatives = new WeakMap<ModelShape, readonly number[]>()

function isAllOnGpu(load: NormalizedLoad): boolean {
  return load.first_gpu_block === 0 && load.output_on_gpu && load.cpu_moe_layers === 0
}

function chooseBlocks(shape: ModelShape, load: NormalizedLoad, blockBytes: readonly number[]): number[] {
  const kinds = kindsOf(shape)
  const { first_gpu_block: border, cpu_moe_layers: moeBorder } = load
  const chosen: number[] = []
  const seen = new Map<string, number>()
  let before = ''
  for (let index = 0; index < shape.blocks.length; index++) {
    const onHost = index < border || index < moeBorder
    const place = (index < border ? 2 : 0) + (index < moeBorder ? 1 : 0)
    const kind = `${kinds[index]},${place},${onHost ? (blockBytes[index] ?? 0) : 0}`
    const step = `${before}>${kind}`
    const times = seen.get(step) ?? 0
    seen.set(step, times + 1)
    before = kind
    const atBorder = [border, moeBorder].some((end) => end > 0 && (index === end || index === end - 1))
    if (
      times < (isAllOnGpu(load) ? REPEATS : REPEATS_ACROSS) ||
      atBorder ||
      index === shape.blocks.length - 1
    )
      chosen.push(index)
  }
  return chosen
}

const REPEATS = 2
/** With blocks on the host more of them meet: copies, norms and caches on either side. */
const REPEATS_ACROSS = 5

const kindsByShape = new WeakMap<ModelShape, readonly string[]>()

function kindsOf(shape: ModelShape): readonly string[] {
  const known = kindsByShape.get(shape)
  if (known) return known
  const kinds = shape.blocks.map(kindOf)
  kindsByShape.set(shape, kinds)
  return kinds
}

function kindOf(block: BlockShape): string {
  const heads = `${block.head_count},${block.head_count_kv},${block.key_length}`
  const width = `${block.feed_forward_length},${block.experts},${block.has_cache}`
  return `${block.mixer},${block.windowed},${heads},${width}`
}
