import type { Detail } from './compute.js'
import type { Placement } from './graph/build-types.js'
import { simulateSplitGraph } from './graph/model-graph.js'
import { gpuSide } from './graph/tensor.js'
import { traitsOf } from './graph/traits-by-architecture.js'
import { PLAIN } from './graph/traits.js'
import { boundFactor } from './graph-bound.js'
import { KeptByShape } from './kept-by-shape.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'
import { blocksAcrossDevices } from './representative-blocks.js'

/** Compute buffers of layers that are shared out over several GPUs. */
export interface SplitCompute {
  /** Of each device, in order. */
  gpu_bytes: number[]
  host_bytes: number
}

/**
 * Bytes of the compute buffers with the layers shared out over several GPUs. llama.cpp then lets four batches
 * follow each other through the devices: each device holds four copies of all that it reads from elsewhere, the
 * masks among them, which grow with the context.
 *
 * Source: llama.cpp v0.5.0, `pipeline_parallel` in src/llama-context.cpp and `n_copies` in ggml/src/ggml-backend.cpp.
 *
 * @example Llama 3.1 8B at 131,072 tokens on two GPUs, 3 to 1: 683,712,512 and 683,713,024 bytes, where one GPU
 * would take 247,474,304.
 */
export function estimateSplitCompute(
  shape: ModelShape,
  load: NormalizedLoad,
  split: LayerSplit,
): SplitCompute {
  const key = `${split.gpus}:${split.deviceOfLayer.join()},${split.detail}`
  return kept.get(shape, load, key, () => simulateSplit(shape, load, split))
}

/** Which GPU each layer goes to. */
export interface LayerSplit {
  /** Number of the GPU of each block, and of the output last. */
  deviceOfLayer: readonly number[]
  /** How many there are, those without a layer too. */
  gpus: number
  detail: Detail
}

const kept = new KeptByShape<SplitCompute>()

function simulateSplit(shape: ModelShape, load: NormalizedLoad, split: LayerSplit): SplitCompute {
  const { deviceOfLayer, gpus } = split
  const sideOf = (layer: number) => gpuSide(deviceOfLayer[layer] ?? 0)
  const placement: Placement = {
    everythingOnGpu: false,
    sideOfBlock: sideOf,
    sideOfOutput: sideOf(deviceOfLayer.length - 1),
    expertsOnHost: () => false,
    hostWeightBytes: () => 0,
    pinsNorms: true,
    ropeFactors: false,
  }
  const every = shape.blocks.map((_, index) => index)
  const blocks = split.detail === 'every_block' ? every : blocksAcrossDevices(shape, deviceOfLayer)
  const traits = traitsOf(shape.name) ?? PLAIN
  const bytes = simulateSplitGraph({ shape, traits, blocks }, { load, placement }, gpus)
  const factor = boundFactor(shape)
  return {
    gpu_bytes: bytes.gpu_bytes.map((one) => one * factor),
    host_bytes: bytes.host_bytes * factor,
  }
}
