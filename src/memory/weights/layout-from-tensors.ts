import type { Architecture } from '../../../generated/types.js'
import { isTensorTypeName, tensorBytes } from '../tensor-types.js'
import type { WeightLayout } from '../types.js'
import { BlockSum } from './block-sum.js'
import type { LayoutTensor } from './block-sum.js'
import { LayoutBuilder } from './layout.js'
import type { Tensor } from './tensor.js'
import { tensorBytesOfFile } from './tensor-bytes.js'

/** A tensor as a file's header lists it. */
export interface FileTensor extends Tensor {
  /** GGML type by name; may be one that we do not know if `bytes` is given. */
  type: string
  /** What it takes in the file, where that is known better than by its type. */
  bytes?: number
}

const BLOCK = /^blk\.(\d{1,6})\./

function layoutTensor({ name, type, shape, bytes }: FileTensor): LayoutTensor {
  const known = isTensorTypeName(type) ? type : undefined
  const computed = known === undefined ? null : tensorBytes(known, shape)
  const tensor = { name, row: shape[0] ?? 1, bytes: bytes ?? computed ?? 0 }
  return known === undefined ? tensor : { ...tensor, type: known }
}

/** Sums of every block that has tensors, by number. */
function sumBlocks(tensors: readonly FileTensor[]): Map<number, BlockSum> {
  const blocks = new Map<number, BlockSum>()
  for (const tensor of tensors) {
    const number = BLOCK.exec(tensor.name)?.[1]
    if (number === undefined) continue
    const sum = blocks.get(Number(number)) ?? new BlockSum()
    sum.add(layoutTensor(tensor))
    blocks.set(Number(number), sum)
  }
  return blocks
}

/**
 * Bytes of a file's tensors, grouped as llama.cpp places them. Works for any architecture: only names count.
 *
 * Tensors of blocks at or beyond `block_count - nextn_predict_layers` are not loaded and counted apart.
 *
 * @param tensors - As listed in the header; a type that we do not know counts with its `bytes`, else as 0.
 * @example With `token_embd.weight` [2048, 128256] in Q6_K, `token_embd_bytes` is 215,470,080.
 */
export function weightLayoutFromTensors(
  architecture: Architecture,
  tensors: readonly FileTensor[],
): WeightLayout {
  const builder = new LayoutBuilder(architecture)
  for (const tensor of tensors) {
    if (!BLOCK.test(tensor.name)) builder.addOutside(layoutTensor(tensor))
  }
  const blocks = sumBlocks(tensors)
  const loaded = architecture.block_count - (architecture.nextn_predict_layers ?? 0)
  for (let index = 0; index < loaded; index++) builder.addBlock(blocks.get(index) ?? new BlockSum())
  for (const [index, { block }] of blocks) if (index >= loaded) builder.addUnloaded(block)
  const sizes = tensors.map((tensor) => ({ name: tensor.name, bytes: layoutTensor(tensor).bytes }))
  return { ...builder.build('exact'), tensor_bytes: tensorBytesOfFile(sizes) }
}
