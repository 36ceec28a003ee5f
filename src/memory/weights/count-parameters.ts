import type { Architecture } from '../../../generated/types.js'
import { type BlockKind, type PlannedTensor, inventoryOf } from './inventory.js'

/** Factors of a longer context are computed, not trained. */
const COMPUTED = /^rope_(freqs|factors_long|factors_short)\./

const elements = ({ name, shape }: PlannedTensor): number =>
  COMPUTED.test(name) ? 0 : shape.reduce((product, length) => product * length, 1)

const sum = (tensors: readonly PlannedTensor[]): number =>
  tensors.reduce((total, tensor) => total + elements(tensor), 0)

const routed = (kind: BlockKind | undefined): number =>
  sum((kind?.tensors ?? []).filter((tensor) => tensor.routed))

/**
 * Parameters of the language model that its files hold, tied embeddings counted once; `active` leaves out the routed
 * experts that a token does not use. Blocks for multi-token prediction are not counted.
 *
 * @returns `null` for an architecture we do not know.
 * @example countParameters(llama32) // { total: 1_235_814_400, active: 1_235_814_400 } for Llama 3.2 1B
 */
export function countParameters(architecture: Architecture): { total: number; active: number } | null {
  const inventory = inventoryOf(architecture)
  if (!inventory) return null
  const kinds = inventory.kind_of_block.slice(0, inventory.loaded_blocks).map((kind) => inventory.kinds[kind])
  const total = kinds.reduce((count, kind) => count + sum(kind?.tensors ?? []), sum(inventory.outside))
  const experts = kinds.reduce((count, kind) => count + routed(kind), 0)
  const { expert_count = 0, expert_used_count = 0 } = architecture
  const unused = expert_count === 0 ? 0 : experts * (1 - expert_used_count / expert_count)
  return { total, active: Math.round(total - unused) }
}
