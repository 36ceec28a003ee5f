import type { Placement } from './graph/build-types.js'
import { simulateGraph } from './graph/model-graph.js'
import { HOST } from './graph/tensor.js'
import { traitsOf } from './graph/traits-by-architecture.js'
import { PLAIN } from './graph/traits.js'
import { boundFactor } from './graph-bound.js'
import { KeptByShape } from './kept-by-shape.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'
import { wholeBlocks } from './representative-blocks.js'

const HOST_ONLY: Placement = {
  everythingOnGpu: false,
  hostOnly: true,
  sideOfBlock: () => HOST,
  sideOfOutput: HOST,
  expertsOnHost: () => false,
  hostWeightBytes: () => 0,
  pinsNorms: false,
  ropeFactors: false,
}

/**
 * Bytes of the one compute buffer where there is no GPU: nothing is copied, no kernels are fused, and attention
 * reads a quantized cache as it lies.
 *
 * @example Llama 3.2 1B at 8,192 tokens: 75,509,792 bytes.
 *
 * Source: llama.cpp v0.5.0 built without a GPU backend.
 */
export function estimateHostCompute(shape: ModelShape, load: NormalizedLoad): number {
  return kept.get(shape, load, '', () => {
    const traits = traitsOf(shape.name) ?? PLAIN
    const model = { shape, traits, blocks: wholeBlocks(shape) }
    return simulateGraph(model, { load, placement: HOST_ONLY }).host_bytes * boundFactor(shape)
  })
}

const kept = new KeptByShape<number>()

/** Whether flash attention is on without a GPU: the processor can for any heads and cache. */
export function runsFlashOnHost(shape: ModelShape, load: NormalizedLoad): boolean {
  return load.flash_attention && shape.name !== 'grok'
}
