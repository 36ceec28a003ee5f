import type { HostWeightBytes, Placement } from './graph/build-types.js'
import { simulateGraph, type GraphModel } from './graph/model-graph.js'
import { GPU, HOST } from './graph/tensor.js'
import { traitsOf } from './graph/traits-by-architecture.js'
import { PLAIN } from './graph/traits.js'
import type { Graph } from './kept-results.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'
import { isAllOnGpu, representativeBlocks } from './representative-blocks.js'

/** Below this batch llama.cpp keeps norms on the device of their block. */
const PINNED_BELOW_TOKENS = 32

/** What a graph must know of the weights that are not on the GPU. */
export interface HostWeights {
  bytesOf: HostWeightBytes
  /** Of each block, where blocks of the same kind and bytes may stand for each other; `null`: every block is built. */
  block_bytes: readonly number[] | null
  /** The file has rotation factors. */
  rope_factors: boolean
}

/** With everything on the GPU no weight is copied. */
export const NO_HOST_WEIGHTS: HostWeights = { bytesOf: () => 0, block_bytes: null, rope_factors: false }

/** llama.cpp's graph of a model, to be built and allocated as ggml does it. */
export function graphOf(shape: ModelShape, weights: HostWeights): Graph {
  return {
    windowed: shape.window > 0,
    simulate(load, recording) {
      const model = graphModelOf(shape, load, weights.block_bytes)
      return simulateGraph(model, { load, placement: placementOf(load, weights) }, recording)
    },
  }
}

/** The blocks to build, by the traits of the architecture; an unknown one has those of plain attention. */
export function graphModelOf(
  shape: ModelShape,
  load: NormalizedLoad,
  blockBytes: readonly number[] | null,
): GraphModel {
  const traits = traitsOf(shape.name) ?? PLAIN
  return { shape, traits, blocks: representativeBlocks(shape, load, blockBytes) }
}

/** Where the weights of a load lie, for a graph with one GPU. */
export function placementOf(load: NormalizedLoad, weights: HostWeights): Placement {
  return {
    everythingOnGpu: isAllOnGpu(load),
    sideOfBlock: (block) => (block >= load.first_gpu_block ? GPU : HOST),
    expertsOnHost: (block) => block < load.cpu_moe_layers,
    sideOfOutput: load.output_on_gpu ? GPU : HOST,
    pinsNorms: load.tokens < PINNED_BELOW_TOKENS,
    hostWeightBytes: weights.bytesOf,
    ropeFactors: weights.rope_factors,
  }
}
