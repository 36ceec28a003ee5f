import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout } from '../types.js'
import { type BlockBytes, BlockSum } from './block-sum.js'
import { OUTSIDE_BLOCKS, fileType, planBytes } from './file-types.js'
import { type BlockKind, inventoryOf, type PlannedTensor } from './inventory.js'
import { type LayerPosition, positionKey } from './layer-position.js'
import type { LayoutTensor } from './block-sum.js'
import { LayoutBuilder } from './layout.js'
import { type Mix, type MixOptions, parseMix } from './mix.js'
import { holdsValues } from './role.js'
import { type ModelTraits, traitsOf } from './rules.js'
import { tensorBytesOfMix } from './tensor-bytes.js'

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

/** Whether a tensor's type depends on where its block stands. */
const dependsOnPosition = ({ role }: PlannedTensor, mix: Mix): boolean =>
  role === 'ffn_down' ||
  holdsValues(role) ||
  (mix.rules === 'IQ3_XS' && (role === 'ffn_gate' || role === 'ffn_up'))

/** Sums of one kind of block under one recipe; most of its tensors are the same in every block. */
class KindSums {
  readonly #recipe: Recipe
  readonly #varying: PlannedTensor[] = []
  readonly #constant = new BlockSum()
  readonly #known = new Map<number, BlockBytes>()

  constructor(kind: BlockKind, recipe: Recipe) {
    this.#recipe = recipe
    for (const tensor of kind.tensors) {
      if (dependsOnPosition(tensor, recipe.mix)) this.#varying.push(tensor)
      else this.#constant.add(layoutTensor(tensor, OUTSIDE_BLOCKS, recipe))
    }
  }

  at(position: LayerPosition): BlockBytes {
    const key = positionKey(position)
    const known = this.#known.get(key)
    if (known) return known
    const sum = new BlockSum()
    for (const tensor of this.#varying) sum.add(layoutTensor(tensor, position, this.#recipe))
    const bytes = sum.plus(this.#constant)
    this.#known.set(key, bytes)
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
  const sums = inventory.kinds.map((kind) => new KindSums(kind, recipe))
  inventory.positions.forEach((position, index) => {
    const bytes = sums[inventory.kind_of_block[index] ?? 0]?.at(position)
    if (!bytes) return
    if (index < inventory.loaded_blocks) builder.addBlock(bytes)
    else builder.addUnloaded(bytes.block)
  })
  return { ...builder.build('exact'), tensor_bytes: tensorBytesOfMix(inventory, mix, traits) }
}

const LAYOUTS = new WeakMap<Architecture, Map<string, WeightLayout | null>>()

/**
 * Bytes of a build's tensors, from the model's shape and llama.cpp's own recipe for the label.
 *
 * Exact for files that llama.cpp's converter and quantizer make; publishers who raise single tensors differ. Results
 * are kept per architecture object, which must not change.
 *
 * @param quantization - Label as on disk: `Q4_K_M`, `MXFP4`, `Q4_K_L`.
 * @param options - How the file was made; default: by llama.cpp v0.5.0, with an importance matrix for IQ types.
 * @returns `null` where the label's recipe or the architecture is not known.
 *
 * @example Llama 3.2 1B in Q4_K_M: 799,862,912 bytes in all, 215,470,080 of them embeddings.
 */
export function weightLayoutFromMix(
  architecture: Architecture,
  quantization: string,
  options: MixOptions = {},
): WeightLayout | null {
  const mix = parseMix(quantization, options)
  if (!mix) return null
  const layouts = LAYOUTS.get(architecture) ?? new Map<string, WeightLayout | null>()
  LAYOUTS.set(architecture, layouts)
  const key = `${mix.rules} ${mix.embeddings ?? ''} ${mix.imatrix} ${mix.older}`
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
