import type { Placement } from './graph/build-types.js'
import { simulateGraph } from './graph/model-graph.js'
import { HOST } from './graph/tensor.js'
import { traitsOf } from './graph/traits-by-architecture.js'
import { PLAIN } from './graph/traits.js'
import { boundFactor } from './graph-bound.js'
import { KeptResults, type Graph } from './kept-results.js'
import { knownHostCompute } from './known-buffers.js'
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
  const bytes = knownHostCompute(shape, load) ?? kept.get(shape, load, hostGraphOf(shape)).host_bytes
  return bytes * boundFactor(shape)
}

const kept = new KeptResults(16)

/** llama.cpp's graph of a model on a machine without a GPU. */
export function hostGraphOf(shape: ModelShape): Graph {
  const model = { shape, traits: traitsOf(shape.name) ?? PLAIN, blocks: wholeBlocks(shape) }
  return {
    windowed: shape.window > 0,
    simulate: (load, recording) => simulateGraph(model, { load, placement: HOST_ONLY }, recording),
  }
}

/** Whether flash attention is on without a GPU: the processor can for any heads and cache. */
export function runsFlashOnHost(shape: ModelShape, load: NormalizedLoad): boolean {
  return load.flash_attention && shape.name !== 'grok'
}
