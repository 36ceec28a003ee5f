import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout } from '../types.js'
import { sumOfLayout, weightLayoutFromMix } from './layout-from-mix.js'
import { weightLayoutScaled } from './layout-scaled.js'
import { estimateMetadataBytes } from './metadata-bytes.js'

/** A recipe explains a file when tensors and metadata agree with its size this well. */
const AGREEMENT = 0.002

/** The same model in a file that repeats tied embeddings as output, as some conversions do (qwen2.5, qwen3). */
const UNTIED = new WeakMap<Architecture, Architecture>()

function untied(architecture: Architecture): Architecture {
  const known = UNTIED.get(architecture)
  if (known) return known
  const copy = { ...architecture, tied_embeddings: false }
  UNTIED.set(architecture, copy)
  return copy
}

/** Layouts that a file of this label may have, the usual one first. */
function candidates(architecture: Architecture, quantization: string): (WeightLayout | null)[] {
  const usual = [
    weightLayoutFromMix(architecture, quantization),
    weightLayoutFromMix(architecture, quantization, true),
  ]
  if (!architecture.tied_embeddings) return usual
  return [...usual, weightLayoutFromMix(untied(architecture), quantization)]
}

/**
 * Layout of a published file whose exact size is known: the recipe that explains the size (as usual, with an
 * importance matrix, or with embeddings repeated as output), else the size shared out over the usual tensors.
 *
 * @param fileBytes - Exact size of all files of the build, in bytes.
 * @returns `null` for an architecture we do not know.
 * @example bartowski's Qwen3 0.6B in Q4_K_M has 484,220,320 bytes, of which a repeated output takes 127,626,240.
 */
export function weightLayoutOfFile(
  architecture: Architecture,
  quantization: string,
  fileBytes: number,
): WeightLayout | null {
  const tensors = fileBytes - estimateMetadataBytes(architecture)
  const explained = candidates(architecture, quantization)
    .filter((layout) => layout !== null)
    .map((layout) => ({ layout, error: Math.abs(sumOfLayout(layout) - tensors) / fileBytes }))
    .filter(({ error }) => error <= AGREEMENT)
    .sort((a, b) => a.error - b.error)[0]
  return explained?.layout ?? weightLayoutScaled(architecture, quantization, fileBytes)
}
