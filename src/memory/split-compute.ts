import type { Detail } from './compute.js'
import type { Placement } from './graph/build-types.js'
import { simulateSplitGraph } from './graph/model-graph.js'
import { gpuSide } from './graph/tensor.js'
import { traitsOf } from './graph/traits-by-architecture.js'
import { PLAIN } from './graph/traits.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'
import { blocksAcrossDevices } from './representative-blocks.js'

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
 * @param deviceOfLayer - Number of the GPU of each block, and of the output last.
 *
 * Source: llama.cpp v0.5.0, `pipeline_parallel` in src/llama-context.cpp and `n_copies` in ggml/src/ggml-backend.cpp.
 *
 * @example Llama 3.3 70B at 131,072 tokens on two equal GPUs: 830,513,152 and 897,622,528 bytes, where one GPU
 * would take 360,720,512.
 */
export function estimateSplitCompute(
  shape: ModelShape,
  load: NormalizedLoad,
  split: { deviceOfLayer: readonly number[]; gpus: number; detail: Detail },
): SplitCompute {
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
  return simulateSplitGraph({ shape, traits, blocks }, { load, placement }, gpus)
}
