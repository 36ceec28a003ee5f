import type { Architecture } from '../../../generated/types.js'
import { TENSOR_TYPES, type TensorTypeName } from '../tensor-types.js'
import { chooseType } from './choose-type.js'
import { type PlannedTensor, inventoryOf } from './inventory.js'
import { type LayerPosition, layerPosition } from './layer-position.js'
import { type Mix, type MixOptions, parseMix } from './mix.js'
import { type ModelTraits, traitsOf } from './rules.js'
import type { Tensor } from './tensor.js'

/** Types that a conversion without quantization writes. */
const PLAIN: ReadonlySet<TensorTypeName> = new Set(['F32', 'F16', 'BF16'])

/** Type of a tensor in a file of this mix. */
export function fileType(
  tensor: PlannedTensor,
  mix: Mix,
  where: { position: LayerPosition; traits: ModelTraits },
): TensorTypeName {
  const { role, shape, down_offset, per_layer, converted } = tensor
  const plain = PLAIN.has(mix.base)
  if (converted !== undefined && (plain || !tensor.quantizable || converted === 'MXFP4')) {
    return converted
  }
  if (!tensor.quantizable) return plain ? mix.base : 'F16'
  return chooseType({ mix, role, shape, down_offset, per_layer, ...where })
}

/** No rule for a tensor outside the blocks asks where it stands. */
export const OUTSIDE_BLOCKS: LayerPosition = layerPosition({ index: 0, count: 0 }, { index: 0, count: 0 }, 0)

/** A tensor and the type it has in a file. */
export interface TypedTensor extends Tensor {
  type: TensorTypeName
}

/**
 * Every tensor of a build with its type, as llama.cpp's converter and quantizer would write it; `null` where
 * architecture or label are not known.
 */
export function typedInventory(
  architecture: Architecture,
  quantization: string,
  options: MixOptions = {},
): TypedTensor[] | null {
  const inventory = inventoryOf(architecture)
  const mix = parseMix(quantization, options)
  if (!inventory || !mix) return null
  const traits = traitsOf(architecture)
  const typed = (prefix: string, position: LayerPosition) => (tensor: PlannedTensor) => ({
    name: `${prefix}${tensor.name}`,
    shape: tensor.shape,
    type: fileType(tensor, mix, { position, traits }),
  })
  const blocks = inventory.positions.flatMap((position, index) => {
    const kind = inventory.kinds[inventory.kind_of_block[index] ?? 0]
    return (kind?.tensors ?? []).map(typed(`blk.${index}.`, position))
  })
  return [...inventory.outside.map(typed('', OUTSIDE_BLOCKS)), ...blocks]
}

/** Bytes of a tensor whose type divides its rows, as the rules make sure. */
export function planBytes(shape: readonly number[], type: TensorTypeName): number {
  const { block_weights, block_bytes } = TENSOR_TYPES[type]
  let elements = 1
  for (const length of shape) elements *= length
  return (elements / block_weights) * block_bytes
}
