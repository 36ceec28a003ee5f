import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout } from '../types.js'
import { type BlockBytes, BlockSum } from './block-sum.js'
import { OUTSIDE_BLOCKS, fileType, planBytes, positionsOf } from './file-types.js'
import { type BlockKind, inventoryOf, type PlannedTensor } from './inventory.js'
import { type LayerPosition, positionKey } from './layer-position.js'
import { LayoutBuilder, type LayoutTensor } from './layout.js'
import { type Mix, parseMix } from './mix.js'
import { type ModelTraits, traitsOf } from './rules.js'

/** What the types of a file depend on beside the tensors. */
interface Recipe {
  mix: Mix
  traits: ModelTraits
}

/** One tensor as the layout sees it, in the type that the recipe gives it. */
function layoutTensor(tensor: PlannedTensor, position: LayerPosition, recipe: Recipe): LayoutTensor {
  const { name, shape } = tensor
  const type = fileType(tensor, recipe.mix, { position, traits: recipe.traits })
  return { name, type, row: shape[0] ?? 1, bytes: planBytes(shape, type) }
}

function sumBlock(kind: BlockKind, position: LayerPosition, recipe: Recipe): BlockBytes {
  const sum = new BlockSum()
  for (const tensor of kind.tensors) sum.add(layoutTensor(tensor, position, recipe))
  return sum
}

/** Bytes of blocks, computed once for blocks that hold the same tensors and look alike to every rule. */
function blockMemo(recipe: Recipe): (kind: BlockKind, position: LayerPosition) => BlockBytes {
  const known = new Map<BlockKind, Map<number, BlockBytes>>()
  return (kind, position) => {
    const key = positionKey(position)
    const ofKind = known.get(kind) ?? new Map<number, BlockBytes>()
    known.set(kind, ofKind)
    const bytes = ofKind.get(key) ?? sumBlock(kind, position, recipe)
    ofKind.set(key, bytes)
    return bytes
  }
}

function computeLayout(architecture: Architecture, mix: Mix): WeightLayout | null {
  const inventory = inventoryOf(architecture)
  if (!inventory) return null
  const traits = traitsOf(architecture)
  const recipe = { mix, traits }
  const builder = new LayoutBuilder(architecture)
  for (const tensor of inventory.outside) {
    builder.addOutside(layoutTensor(tensor, OUTSIDE_BLOCKS, recipe))
  }
  const bytesOf = blockMemo(recipe)
  positionsOf(inventory, traits).forEach((position, index) => {
    const kind = inventory.kinds[inventory.kind_of_block[index] ?? 0]
    if (!kind) return
    const bytes = bytesOf(kind, position)
    if (index < inventory.loaded_blocks) builder.addBlock(bytes)
    else builder.addUnloaded(bytes.block)
  })
  return builder.build('exact')
}

const LAYOUTS = new WeakMap<Architecture, Map<string, WeightLayout | null>>()

/**
 * Bytes of a build's tensors, from the model's shape and llama.cpp's own recipe for the label.
 *
 * Exact for files that llama.cpp's converter and quantizer make; publishers who raise single tensors differ. Results
 * are kept per architecture object, which must not change.
 *
 * @param quantization - Label as on disk: `Q4_K_M`, `MXFP4`, `Q4_K_L`.
 * @param imatrix - Quantized with an importance matrix; default: as usual for the label (yes for IQ types).
 * @returns `null` where the label's recipe or the architecture is not known.
 *
 * @example Llama 3.2 1B in Q4_K_M: 799,862,912 bytes in all, 215,470,080 of them embeddings.
 */
export function weightLayoutFromMix(
  architecture: Architecture,
  quantization: string,
  imatrix?: boolean,
): WeightLayout | null {
  const mix = parseMix(quantization, imatrix)
  if (!mix) return null
  const layouts = LAYOUTS.get(architecture) ?? new Map<string, WeightLayout | null>()
  LAYOUTS.set(architecture, layouts)
  const key = `${mix.rules} ${mix.embeddings ?? ''} ${mix.imatrix}`
  const known = layouts.get(key)
  if (known !== undefined) return known
  const layout = computeLayout(architecture, mix)
  layouts.set(key, layout)
  return layout
}

/** All bytes of a layout: what the tensors take in the file, without alignment. */
export function sumOfLayout(layout: WeightLayout): number {
  return (
    layout.token_embd_bytes +
    layout.per_layer_token_embd_bytes +
    layout.output_bytes +
    layout.other_bytes +
    layout.unloaded_bytes +
    layout.block_bytes.reduce((sum, bytes) => sum + bytes, 0)
  )
}
