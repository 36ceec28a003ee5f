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

/** The recipe whose sum is nearest to a file's, the label's own first where it has one. */
function nearestLayout(architecture: Architecture, quantization: string, bytes: number): WeightLayout | null {
  const own = weightLayoutFromMix(architecture, quantization.replace(/^UD-/, ''))
  const steps = STEPS.map((step) => weightLayoutFromMix(architecture, step))
  const distance = (layout: WeightLayout): number => Math.abs(Math.log(sumOfLayout(layout) / bytes))
  const near = (layout: WeightLayout | null): layout is WeightLayout =>
    layout !== null && distance(layout) < Math.log(1.25)
  if (near(own)) return own
  const [nearest] = steps.filter((layout) => layout !== null).sort((a, b) => distance(a) - distance(b))
  return nearest ?? null
}

/**
 * A file's size shared out over its tensors, for builds whose recipe is the publisher's secret (`UD-Q4_K_XL`): the
 * proportions are those of llama.cpp's recipe nearest in size, so the sum is right and the split approximate.
 *
 * @param fileBytes - Size of all files of the build, in bytes, tokenizer included.
 * @returns `null` for an architecture we do not know.
 */
export function weightLayoutScaled(
  architecture: Architecture,
  quantization: string,
  fileBytes: number,
): WeightLayout | null {
  const bytes = Math.max(fileBytes - estimateMetadataBytes(architecture), 1)
  const layout = nearestLayout(architecture, quantization, bytes)
  if (!layout) return null
  const changed = sumOfLayout(layout) - layout.other_bytes
  return scale(layout, Math.max(bytes - layout.other_bytes, 0) / Math.max(changed, 1))
}
