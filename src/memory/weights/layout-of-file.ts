import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout } from '../types.js'
import { sumOfLayout, weightLayoutFromMix } from './layout-from-mix.js'
import { weightLayoutScaled } from './layout-scaled.js'
import { estimateMetadataBytes } from './metadata-bytes.js'
import type { MixOptions } from './mix.js'

/** Size of a published build. */
export interface FileSize {
  /** Of all its files. */
  bytes: number
  /** How far off a rounded size may be; default 0: it is exact. */
  rounding_bytes?: number
}

/** A recipe explains a file when tensors and metadata agree with its size this well: our metadata is an estimate. */
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
  const ways: MixOptions[] = [{}, { imatrix: true }, { older: true }, { older: true, imatrix: true }]
  const usual = ways.map((way) => weightLayoutFromMix(architecture, quantization, way))
  if (!architecture.tied_embeddings) return usual
  return [...usual, weightLayoutFromMix(untied(architecture), quantization)]
}

/**
 * Layout of a published file whose size is known: the recipe that explains the size (as usual, with an importance
 * matrix, by an older llama.cpp, or with embeddings repeated as output), else the size shared out over the tensors.
 *
 * @example bartowski's Qwen3 0.6B in Q4_K_M has 484,220,320 bytes, of which a repeated output takes 127,626,240.
 */
export function weightLayoutOfFile(
  architecture: Architecture,
  quantization: string,
  { bytes, rounding_bytes = 0 }: FileSize,
): WeightLayout {
  const tensors = bytes - estimateMetadataBytes(architecture)
  const allowed = AGREEMENT * bytes + rounding_bytes
  const explained = candidates(architecture, quantization)
    .filter((layout) => layout !== null)
    .map((layout) => ({ layout, error: Math.abs(sumOfLayout(layout) - tensors) }))
    .filter(({ error }) => error <= allowed)
  // A rounded size cannot tell recipes apart: the usual one stands first.
  const best = rounding_bytes > 0 ? explained : explained.sort((a, b) => a.error - b.error)
  return best[0]?.layout ?? weightLayoutScaled(architecture, quantization, bytes)
}
