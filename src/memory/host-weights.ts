import type { Architecture } from '../../generated/types.js'
import type { HostWeightBytes } from './graph/build-types.js'
import type { WeightLayout } from './types.js'
import { tensorInventory } from './weights/index.js'

const F32 = 4
/** Quantizers leave the per-layer projection as it was converted. */
const F16 = 2

/** Elements of a block's tensors: of the largest one, and of all others together. */
interface BlockElements {
  largest: number
  others: number
}

const elementsOf = new WeakMap<Architecture, Map<number, BlockElements>>()

/**
 * Bytes of single weights of blocks on the host, which a batch copies to the GPU one at a time. Taken from
 * the layout where that knows its tensors; else the largest of a block is known and the others share the rest.
 */
export function hostWeightBytesOf(architecture: Architecture, weights: WeightLayout): HostWeightBytes {
  return (block, name, elements) => {
    const exact = weights.tensor_bytes?.(block, name) ?? weights.tensor_bytes?.(-1, name)
    if (exact !== undefined) return exact
    if (name.startsWith('per_layer_')) return weights.tensor_bytes?.(-1, name) ?? elements * F16
    if (block < 0) return outsideBytes(weights, name, elements)
    const sizes = blockElements(architecture).get(block)
    const total = weights.block_bytes[block] ?? 0
    const largest = weights.largest_tensor_bytes[block] ?? 0
    if (!sizes || elements * F32 < total / 1000) return elements * F32
    if (elements === sizes.largest && name.includes('down')) return largest
    const rest = sizes.others > 0 ? (total - largest) / sizes.others : 0
    return Math.min(largest, Math.round(elements * rest))
  }
}

function outsideBytes(weights: WeightLayout, name: string, elements: number): number {
  if (name === 'output.weight') return weights.output_bytes || weights.token_embd_bytes
  return elements * F32
}

function blockElements(architecture: Architecture): Map<number, BlockElements> {
  const known = elementsOf.get(architecture)
  if (known) return known
  const blocks = new Map<number, BlockElements>()
  for (const { name, shape } of tensorInventory(architecture)) {
    const block = /^blk\.(\d+)\./.exec(name)?.[1]
    if (block === undefined) continue
    const elements = shape.reduce((product, length) => product * length, 1)
    const sums = blocks.get(Number(block)) ?? { largest: 0, others: 0 }
    sums.others += Math.min(elements, sums.largest)
    sums.largest = Math.max(elements, sums.largest)
    blocks.set(Number(block), sums)
  }
  elementsOf.set(architecture, blocks)
  return blocks
}
