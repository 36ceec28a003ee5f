import { tensorBytes } from '../tensor-types.js'
import type { WeightLayout } from '../types.js'
import type { TypedTensor } from './file-types.js'

type TensorBytes = NonNullable<WeightLayout['tensor_bytes']>

const nameOf = (block: number, name: string): string => (block < 0 ? name : `blk.${block}.${name}`)

/** Sizes of single tensors, looked up by block and name; the list is made when first asked. */
export function lazyTensorBytes(list: () => readonly TypedTensor[] | null): TensorBytes {
  let sizes: Map<string, number> | null = null
  return (block, name) => {
    if (!sizes) {
      sizes = new Map()
      for (const tensor of list() ?? []) {
        const bytes = tensorBytes(tensor.type, tensor.shape)
        if (bytes !== null) sizes.set(tensor.name, bytes)
      }
    }
    return sizes.get(nameOf(block, name))
  }
}

/** The same for the tensors of a file, whose bytes are known. */
export function tensorBytesOfFile(tensors: readonly { name: string; bytes: number }[]): TensorBytes {
  let sizes: Map<string, number> | null = null
  return (block, name) => {
    sizes ??= new Map(tensors.map((tensor) => [tensor.name, tensor.bytes]))
    return sizes.get(nameOf(block, name))
  }
}
