import type { Architecture } from '../../../generated/types.js'
import { architectureTensors } from './architectures/index.js'
import { type Block, blocksOf, isSameKind } from './block.js'
import { type Counter, type LayerPosition, layerPosition } from './layer-position.js'
import { holdsValues, isQuantizable, type Role, roleOf } from './role.js'
import type { ConvertedTensor, Tensor } from './tensor.js'

/** A tensor with what the quantizer's rules ask of it. */
export interface PlannedTensor extends ConvertedTensor {
  role: Role
  quantizable: boolean
  /** A stack of routed experts, which can stay on the host by itself. */
  routed: boolean
  /** Number of the tensor among its block's ffn_down tensors. */
  down_offset: number
  per_layer: boolean
}

/** Tensors of one kind of block, and what the counters of the rules gain from them. */
export interface BlockKind {
  /** Sorted by name, as llama.cpp goes through them. */
  tensors: readonly PlannedTensor[]
  values: number
  downs: number
}

/** All tensors of a model; blocks that hold the same tensors share one list, which keeps mixes fast. */
export interface Inventory {
  outside: readonly PlannedTensor[]
  kinds: readonly BlockKind[]
  /** Kind of each block, and where it stands for the quantizer's rules. */
  kind_of_block: readonly number[]
  positions: readonly LayerPosition[]
  /** Blocks that are loaded; those behind them are for multi-token prediction. */
  loaded_blocks: number
}

const byName = (a: Tensor, b: Tensor): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

function plan(tensors: readonly ConvertedTensor[]): PlannedTensor[] {
  let downs = 0
  return [...tensors].sort(byName).map((tensor) => {
    const role = roleOf(tensor.name)
    const quantizable = isQuantizable(tensor.name, tensor.shape)
    const down_offset = role === 'ffn_down' && quantizable ? downs++ : 0
    const routed = tensor.name.includes('exps.')
    const per_layer = tensor.name === 'per_layer_token_embd.weight'
    return { ...tensor, role, quantizable, routed, down_offset, per_layer }
  })
}

function planBlock(tensors: readonly ConvertedTensor[]): BlockKind {
  const planned = plan(tensors)
  const count = (test: (role: Role) => boolean): number =>
    planned.filter(({ role, quantizable }) => quantizable && test(role)).length
  return {
    tensors: planned,
    values: count(holdsValues),
    downs: count((role) => role === 'ffn_down'),
  }
}

/** Where each block stands for the rules. */
function positionsOf(kinds: readonly (BlockKind | undefined)[], hasExperts: boolean): LayerPosition[] {
  const count = kinds.length
  const allValues = kinds.reduce((sum, kind) => sum + (kind?.values ?? 0), 0)
  const values: Counter = { index: 0, count: allValues }
  let downs = 0
  return kinds.map((kind, block) => {
    // With experts llama.cpp reads the block's number from the name, else it counts ffn_down tensors.
    const index = hasExperts ? block : downs
    const position = layerPosition(values, { index, count }, downs)
    values.index += kind?.values ?? 0
    downs += kind?.downs ?? 0
    return position
  })
}

function takeInventory(architecture: Architecture): Inventory | null {
  const writer = architectureTensors(architecture['general.architecture'])
  if (!writer) return null
  const kinds: BlockKind[] = []
  const firsts: Block[] = []
  const kindOf = (block: Block): number => {
    const known = firsts.findIndex((first) => isSameKind(first, block))
    if (known >= 0) return known
    firsts.push(block)
    return kinds.push(planBlock(writer.block(architecture, block))) - 1
  }
  const kind_of_block = blocksOf(architecture).map(kindOf)
  const inOrder = kind_of_block.map((kind) => kinds[kind])
  return {
    outside: plan(writer.outside(architecture)),
    kinds,
    kind_of_block,
    positions: positionsOf(inOrder, (architecture.expert_count ?? 0) > 1),
    loaded_blocks: architecture.block_count - (architecture.nextn_predict_layers ?? 0),
  }
}

const TAKEN = new WeakMap<Architecture, Inventory | null>()

/** The inventory of a model, taken once per architecture object; `null` for an architecture we do not know. */
export function inventoryOf(architecture: Architecture): Inventory | null {
  const known = TAKEN.get(architecture)
  if (known !== undefined) return known
  const inventory = takeInventory(architecture)
  TAKEN.set(architecture, inventory)
  return inventory
}

/**
 * Every tensor that llama.cpp's converter writes for a model: names as in the file, shapes fastest dimension first.
 * Empty for an architecture we do not know.
 *
 * @example tensorInventory(llama32) // 147 tensors for Llama 3.2 1B
 */
export function tensorInventory(architecture: Architecture): Tensor[] {
  const inventory = inventoryOf(architecture)
  if (!inventory) return []
  const blocks = inventory.kind_of_block.flatMap((kind, index) =>
    (inventory.kinds[kind]?.tensors ?? []).map(({ name, shape }) => ({
      name: `blk.${index}.${name}`,
      shape,
    })),
  )
  return [...inventory.outside.map(({ name, shape }) => ({ name, shape })), ...blocks]
}
