import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout } from '../types.js'
import { sumOfLayout, weightLayoutFromMix } from './layout-from-mix.js'
import { estimateMetadataBytes } from './metadata-bytes.js'

/** Recipes by size, one for each step of bits, of which the nearest to a file gives the proportions. */
const STEPS = ['IQ1_S', 'IQ2_XXS', 'Q2_K', 'Q3_K_M', 'Q4_K_M', 'Q5_K_M', 'Q6_K', 'Q8_0', 'BF16']

/** A layout with `factor` applied to all that quantization changes. */
function scale(layout: WeightLayout, factor: number): WeightLayout {
  const scaled = (bytes: number): number => Math.round(bytes * factor)
  const all = (bytes: readonly number[]): number[] => bytes.map(scaled)
  return {
    ...layout,
    basis: 'scaled',
    token_embd_bytes: scaled(layout.token_embd_bytes),
    per_layer_token_embd_bytes: scaled(layout.per_layer_token_embd_bytes),
    output_bytes: scaled(layout.output_bytes),
    block_bytes: all(layout.block_bytes),
    expert_bytes: all(layout.expert_bytes),
    largest_tensor_bytes: all(layout.largest_tensor_bytes),
    unloaded_bytes: scaled(layout.unloaded_bytes),
  }
}

/** How an architecture that we do not know is shared out: as a llama of the same numbers. */
const STANDINS = new WeakMap<Architecture, Architecture>()

function standIn(architecture: Architecture): Architecture {
  const known = STANDINS.get(architecture)
  if (known) return known
  const copy = { ...architecture, 'general.architecture': 'llama' }
  STANDINS.set(architecture, copy)
  return copy
}

/** A recipe's layout for any architecture. */
const anyLayout = (architecture: Architecture, label: string): WeightLayout | null =>
  weightLayoutFromMix(architecture, label) ?? weightLayoutFromMix(standIn(architecture), label)

/** The recipe whose sum is nearest to a file's, the label's own first where it has one. */
function nearestLayout(architecture: Architecture, quantization: string, bytes: number): WeightLayout | null {
  const distance = (layout: WeightLayout): number => Math.abs(Math.log(sumOfLayout(layout) / bytes))
  const own = anyLayout(architecture, quantization.replace(/^UD-/, ''))
  if (own && distance(own) < Math.log(1.25)) return own
  const [nearest] = STEPS.map((step) => anyLayout(architecture, step))
    .filter((layout) => layout !== null)
    .sort((a, b) => distance(a) - distance(b))
  return nearest ?? null
}

/** A layout of nothing but blocks of equal size: what is left where even the shape says nothing. */
function evenLayout(architecture: Architecture, bytes: number): WeightLayout {
  const blocks = Math.max(1, architecture.block_count - (architecture.nextn_predict_layers ?? 0))
  const each = Array.from({ length: blocks }, () => Math.ceil(bytes / blocks))
  return {
    basis: 'scaled',
    token_embd_bytes: 0,
    per_layer_token_embd_bytes: 0,
    output_bytes: 0,
    other_bytes: 0,
    block_bytes: each,
    expert_bytes: each.map(() => 0),
    largest_tensor_bytes: each,
    unloaded_bytes: 0,
  }
}

/**
 * A file's size shared out over its tensors, for builds whose recipe is the publisher's secret (`UD-Q4_K_XL`): the
 * proportions are those of llama.cpp's recipe nearest in size, so the sum is right and the split approximate. An
 * architecture that we do not know is taken for a llama of the same numbers.
 *
 * @param fileBytes - Size of all files of the build, in bytes, tokenizer included.
 * @example weightLayoutScaled(llama32, 'UD-Q4_K_XL', 850_000_000) // parts that sum up to 842,168,886 bytes
 */
export function weightLayoutScaled(
  architecture: Architecture,
  quantization: string,
  fileBytes: number,
): WeightLayout {
  const bytes = Math.max(fileBytes - estimateMetadataBytes(architecture), 1)
  const layout = nearestLayout(architecture, quantization, bytes)
  if (!layout) return evenLayout(architecture, bytes)
  const changed = sumOfLayout(layout) - layout.other_bytes
  return scale(layout, Math.max(bytes - layout.other_bytes, 0) / Math.max(changed, 1))
}
