import type { ComputeBytes } from './graph/allocate.js'
import { KeptResults } from './kept-results.js'
import { knownCompute } from './known-buffers.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'
import { isAllOnGpu } from './representative-blocks.js'
import { graphOf, NO_HOST_WEIGHTS, type HostWeights } from './simulate-compute.js'

/**
 * `every_block` is llama.cpp's own graph; `representative` builds each kind of block a few times, for rankings, where
 * a split is searched for in every model. Of 888 splits of the catalog's models 884 came out the same, the others within
 * 2.3 % (`gemma4:e2b` with half of it on the host).
 */
export type Detail = 'every_block' | 'representative'

/**
 * Bytes of the compute buffers: llama.cpp's graph is built for the load and allocated as ggml does it.
 * With everything on the GPU the result does not depend on the quantization. A plain graph stands in for one that is
 * not known here (`graph-bound.ts`).
 *
 * @param weights - Weights on the host, which are copied over one at a time; not read with everything on the GPU.
 *   Results are kept for the object.
 *
 * Source: llama.cpp v0.5.0; `npm run accuracy` prints the deviation: none in most rows, at most 0.667 % of a total (granitehybrid).
 */
export function estimateCompute(shape: ModelShape, load: NormalizedLoad, weights: HostWeights): ComputeBytes {
  const { gpu_bytes, host_bytes } = isAllOnGpu(load) ? allOnGpu(shape, load) : split(shape, load, weights)
  return { gpu_bytes, host_bytes }
}

const wholes = new KeptResults(16)
/** Graphs of splits are larger, and each search for one asks for a few of them. */
const splits = new KeptResults(8)

function allOnGpu(shape: ModelShape, load: NormalizedLoad): ComputeBytes {
  return knownCompute(shape, load) ?? wholes.get(shape, load, graphOf(shape, NO_HOST_WEIGHTS))
}

function split(shape: ModelShape, load: NormalizedLoad, weights: HostWeights): ComputeBytes {
  return splits.get(weights, load, graphOf(shape, weights))
}
