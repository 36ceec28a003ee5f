import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout } from '../types.js'
import { outsideBytesOnGpu } from './place-weights.js'

/**
 * Bytes of the weights on each of several CUDA devices: blocks where their layer is, the output and what stands
 * outside the blocks on the last layer's, rope factors on every device with a block that rotates by them.
 *
 * @param deviceOfLayer - Number of the device of each block, and of the output last.
 *
 * @example Llama 3.2 1B in Q4_K_M over two equal devices: 326,418,560 and 473,444,480 bytes.
 */
export function placeSplitWeights(
  architecture: Architecture,
  weights: WeightLayout,
  deviceOfLayer: readonly number[],
): number[] {
  const output = deviceOfLayer[deviceOfLayer.length - 1] ?? 0
  const sums: number[] = []
  const add = (device: number, bytes: number) => (sums[device] = (sums[device] ?? 0) + bytes)
  weights.block_bytes.forEach((bytes, index) => {
    add(deviceOfLayer[index] ?? 0, bytes + (weights.padding?.gpu.block_bytes[index] ?? 0))
  })
  add(output, outsideBytesOnGpu(architecture, weights))
  for (const device of devicesWithRope(weights, deviceOfLayer))
    add(device, weights.rope_factors?.gpu_bytes ?? 0)
  return sums
}

function devicesWithRope({ rope_factors, block_bytes }: WeightLayout, deviceOfLayer: readonly number[]) {
  if (!rope_factors) return new Set<number>()
  return new Set(deviceOfLayer.slice(rope_factors.first_block, block_bytes.length))
}
