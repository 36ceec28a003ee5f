import { GIB } from '../units.js'

/**
 * What `--tensor-split` is given for each device: free memory in GiB to a tenth, so that the plan and the command
 * share out the same layers.
 */
export function tensorSplitShares(availableBytes: readonly (number | null)[]): number[] {
  return availableBytes.map((bytes) => Number(((bytes ?? 0) / GIB).toFixed(1)))
}

/**
 * Number of the device of each layer, the output last: layer i of n goes to the first device whose running share
 * exceeds i / n. In single precision, as llama.cpp computes it.
 *
 * @param layers - Blocks in the file, those for multi-token prediction included, and the output.
 *
 * Source: llama.cpp v0.5.0, load_tensors in src/llama-model.cpp.
 *
 * @example devicesOfLayers(5, [3, 1]) // [0, 0, 0, 0, 1]
 */
export function devicesOfLayers(layers: number, shares: readonly number[]): number[] {
  let sum = 0
  const sums = shares.map((share) => (sum = Math.fround(sum + Math.fround(share))))
  const limits = sums.map((reached) => Math.fround(reached / sum))
  return Array.from({ length: layers }, (_, layer) => {
    const position = Math.fround(Math.fround(layer) / layers)
    const device = limits.findIndex((limit) => limit > position)
    return device < 0 ? shares.length - 1 : device
  })
}
