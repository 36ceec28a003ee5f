import { tensorBytes } from '../tensor-types.js'
import type { WeightLayout } from '../types.js'
import { fileType, OUTSIDE_BLOCKS } from './file-types.js'
import type { Inventory, PlannedTensor } from './inventory.js'
import type { Mix } from './mix.js'
import type { ModelTraits } from './rules.js'

type TensorBytes = NonNullable<WeightLayout['tensor_bytes']>

const nameOf = (block: number, name: string): string => (block < 0 ? name : `blk.${block}.${name}`)

const byName = new WeakMap<readonly PlannedTensor[], ReadonlyMap<string, PlannedTensor>>()

function findTensor(tensors: readonly PlannedTensor[], name: string): PlannedTensor | undefined {
  let names = byName.get(tensors)
  if (!names) {
    names = new Map(tensors.map((tensor) => [tensor.name, tensor]))
    byName.set(tensors, names)
  }
  return names.get(name)
}

/** Sizes of single tensors in a file of this mix, each worked out when asked for. */
export function tensorBytesOfMix(inventory: Inventory, mix: Mix, traits: ModelTraits): TensorBytes {
  return (block, name) => {
    const kind = inventory.kinds[inventory.kind_of_block[block] ?? -1]
    const tensors = block < 0 ? inventory.outside : (kind?.tensors ?? [])
    const tensor = findTensor(tensors, name)
    const position = block < 0 ? OUTSIDE_BLOCKS : inventory.positions[block]
    if (!tensor || !position) return undefined
    return tensorBytes(fileType(tensor, mix, { position, traits }), tensor.shape) ?? undefined
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
