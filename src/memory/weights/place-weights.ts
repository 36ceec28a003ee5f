import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout, WeightPadding } from '../types.js'
import { isEncoder } from './encoder.js'

/** Which parts of a model go to the GPU. */
export interface WeightPlacement {
  /** Blocks from this one on are on the GPU; the number of blocks: none. */
  first_gpu_block: number
  /** The output layer and all that stands outside the blocks is there too. */
  output_on_gpu: boolean
  /** First blocks whose routed experts stay on the host; default 0. */
  cpu_moe_layers?: number
}

/** Models that allocate the output before the embeddings, and so twice even without a GPU. */
const OUTPUT_FIRST = new Set(['gemma3n', 'gemma4'])

const NO_PADDING: WeightPadding = {
  token_embd_bytes: 0,
  per_layer_token_embd_bytes: 0,
  output_bytes: 0,
  other_bytes: 0,
  block_bytes: [],
  expert_bytes: [],
}

/** Sums over the first blocks of a layout, padding included: entry n is that of n blocks. */
interface BlockSums {
  gpu: Float64Array
  gpu_experts: Float64Array
  host: Float64Array
  host_experts: Float64Array
}

const sumsOf = new WeakMap<WeightLayout, BlockSums>()

function blockSums(weights: WeightLayout): BlockSums {
  const known = sumsOf.get(weights)
  if (known) return known
  const { gpu = NO_PADDING, host = NO_PADDING } = weights.padding ?? {}
  const { block_bytes, expert_bytes } = weights
  const sums = {
    gpu: sumUp(block_bytes, gpu.block_bytes),
    gpu_experts: sumUp(expert_bytes, gpu.expert_bytes),
    host: sumUp(block_bytes, host.block_bytes),
    host_experts: sumUp(expert_bytes, host.expert_bytes),
  }
  sumsOf.set(weights, sums)
  return sums
}

function sumUp(bytes: readonly number[], padding: readonly number[]): Float64Array {
  const sums = new Float64Array(bytes.length + 1)
  for (let index = 0; index < bytes.length; index++) {
    sums[index + 1] = (sums[index] ?? 0) + (bytes[index] ?? 0) + (padding[index] ?? 0)
  }
  return sums
}

/** Blocks and their experts, shared out; padding included. */
function placeBlocks(weights: WeightLayout, placement: WeightPlacement): [number, number] {
  const count = weights.block_bytes.length
  const first = Math.min(placement.first_gpu_block, count)
  const kept = Math.max(first, Math.min(placement.cpu_moe_layers ?? 0, count))
  const { gpu, gpu_experts, host, host_experts } = blockSums(weights)
  const between = (sums: Float64Array, from: number, to: number) => (sums[to] ?? 0) - (sums[from] ?? 0)
  return [
    between(gpu, first, count) - between(gpu_experts, first, kept),
    between(host, 0, first) + between(host_experts, first, kept),
  ]
}

/** Bytes of the output layer, norms and all else outside the blocks, on a GPU; rope factors apart. */
export function outsideBytesOnGpu(architecture: Architecture, weights: WeightLayout): number {
  const { gpu = NO_PADDING } = weights.padding ?? {}
  const other = weights.other_bytes + gpu.other_bytes - (weights.rope_factors?.gpu_bytes ?? 0)
  return outputBytes(architecture, weights, gpu) + other
}

/** The output layer: its own tensor, or a second copy of tied embeddings; encoders have none. */
function outputBytes(architecture: Architecture, weights: WeightLayout, padding: WeightPadding): number {
  if (isEncoder(architecture['general.architecture'])) return 0
  return weights.output_bytes > 0
    ? weights.output_bytes + padding.output_bytes
    : weights.token_embd_bytes + padding.token_embd_bytes
}

/** What stays on the host when nothing of the output is on the GPU. */
function hostOutputBytes(architecture: Architecture, weights: WeightLayout): number {
  const host = weights.padding?.host ?? NO_PADDING
  const copied = weights.output_bytes > 0 || OUTPUT_FIRST.has(architecture['general.architecture'])
  return (copied ? outputBytes(architecture, weights, host) : 0) + weights.other_bytes + host.other_bytes
}

/** Copies of the rope factors beyond the one that the layout counts on the GPU. */
function placeRopeFactors(
  { rope_factors, block_bytes }: WeightLayout,
  { first_gpu_block }: WeightPlacement,
): { copied_to_host: number; absent_on_gpu: number } {
  if (!rope_factors) return { copied_to_host: 0, absent_on_gpu: 0 }
  return {
    copied_to_host: rope_factors.first_block < first_gpu_block ? rope_factors.bytes : 0,
    absent_on_gpu: first_gpu_block >= block_bytes.length ? rope_factors.gpu_bytes : 0,
  }
}

/**
 * Bytes that llama.cpp allocates for weights on one CUDA device and in host memory. Equals what llama.cpp v0.5.0
 * reports, to the byte, for a layout of basis `exact`.
 *
 * @example Llama 3.2 1B in Q4_K_M, all layers: 799,862,912 bytes on the GPU, 215,470,080 on the host.
 */
export function placeWeights(
  architecture: Architecture,
  weights: WeightLayout,
  placement: WeightPlacement,
): { gpu_bytes: number; host_bytes: number } {
  const { gpu = NO_PADDING, host = NO_PADDING } = weights.padding ?? {}
  const [gpuBlocks, hostBlocks] = placeBlocks(weights, placement)
  const input =
    weights.token_embd_bytes +
    host.token_embd_bytes +
    weights.per_layer_token_embd_bytes +
    host.per_layer_token_embd_bytes
  if (!placement.output_on_gpu) {
    const host_bytes = hostBlocks + input + hostOutputBytes(architecture, weights)
    return { gpu_bytes: gpuBlocks, host_bytes }
  }
  const rope = placeRopeFactors(weights, placement)
  const other = weights.other_bytes + gpu.other_bytes - rope.absent_on_gpu
  return {
    gpu_bytes: gpuBlocks + outputBytes(architecture, weights, gpu) + other,
    host_bytes: hostBlocks + input + rope.copied_to_host,
  }
}
