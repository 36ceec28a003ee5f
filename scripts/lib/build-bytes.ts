import type { Architecture, Build, QuantizationsFile } from '../../generated/authored.js'
import { estimateMetadataBytes, sumOfLayout, weightLayoutFromMix } from '../../src/memory/weights/index.js'
import { parseBytes } from '../../src/units.js'

export type QuantizationEntry = QuantizationsFile['quantizations'][number]

/** What the size of a build should be, and how far a true one may be off, as a fraction. */
export interface ExpectedSize {
  bytes: number
  tolerance: number
}

/** llama.cpp's own mixes are computed to the byte; the rest is the tokenizer, which is estimated. */
const MIX_TOLERANCE = 0.005
/** Publishers' own mixes follow no recipe: only the average over other models is known. */
const AVERAGE_TOLERANCE = 0.35

/**
 * Size of a build from its architecture and quantization: the file's tensors and an allowance for its header,
 * or parameters × average bits where the label has no recipe.
 */
export function expectedSize(
  architecture: Architecture,
  parameters: number,
  quantization: QuantizationEntry,
): ExpectedSize {
  const known = sizes.get(architecture) ?? new Map<QuantizationEntry, ExpectedSize>()
  sizes.set(architecture, known)
  const size = known.get(quantization) ?? computeSize(architecture, parameters, quantization)
  known.set(quantization, size)
  return size
}

/** Three rules and the tables ask for the same sizes. */
const sizes = new WeakMap<Architecture, Map<QuantizationEntry, ExpectedSize>>()

/**
 * The architecture that was asked for last, as a copy: layouts are kept as long as the object that they belong to,
 * and those of a whole catalog are many times its size.
 */
let latest: { architecture: Architecture; copy: Architecture } | undefined

function computeSize(
  architecture: Architecture,
  parameters: number,
  quantization: QuantizationEntry,
): ExpectedSize {
  if (latest?.architecture !== architecture) latest = { architecture, copy: { ...architecture } }
  const layout = weightLayoutFromMix(latest.copy, quantization.id)
  if (layout)
    return {
      bytes: Math.round(sumOfLayout(layout) + estimateMetadataBytes(latest.copy)),
      tolerance: MIX_TOLERANCE,
    }
  const bits = quantization.bits_per_weight ?? quantization.tensor_bits_per_weight
  return { bytes: Math.round((parameters * bits) / 8), tolerance: AVERAGE_TOLERANCE }
}

/** Exact bytes of a build, where its source states them; undefined where one part is unknown. */
export function exactBytes(build: Build): number | undefined {
  return sumOfFiles(build) ?? build.bytes
}

export function sumOfFiles(build: Build): number | undefined {
  const sizes = (build.files ?? []).map((file) => file.bytes)
  if (sizes.length === 0) return undefined
  return sizes.reduce(
    (sum: number | undefined, bytes) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  )
}

export interface Shown {
  bytes: number
  /** Half of the last digit shown, in bytes. */
  rounding: number
}

/** Bytes and rounding of `4.7 GiB`: 5_046_586_573 ± 53_687_091. */
export function parseShown(text: string): Shown | undefined {
  const bytes = parseBytes(text)
  const unit = parseBytes(`1 ${text.split(' ')[1] ?? ''}`)
  if (bytes === null || unit === null) return undefined
  const digits = /\.(\d+)/.exec(text)?.[1]?.length ?? 0
  return { bytes, rounding: unit / 10 ** digits / 2 }
}

/** Beyond its rounding, a shown size may be off by this much: sites count headers and parts differently. */
const SHOWN_TOLERANCE = 0.01

export function agreesWithShown(bytes: number, shown: Shown): boolean {
  return Math.abs(bytes - shown.bytes) <= shown.rounding + SHOWN_TOLERANCE * shown.bytes
}

export interface ResolvedBytes {
  bytes: number
  bytes_basis: 'exact' | 'shown' | 'computed'
}

/** The size that the tables state: exact, else computed where nothing contradicts it, else as shown. */
export function resolveBytes(
  architecture: Architecture,
  parameters: number,
  build: Build,
  quantization: QuantizationEntry,
): ResolvedBytes {
  const exact = exactBytes(build)
  if (exact !== undefined) return { bytes: exact, bytes_basis: 'exact' }
  const expected = expectedSize(architecture, parameters, quantization)
  const shown = build.bytes_shown === undefined ? undefined : parseShown(build.bytes_shown)
  if (!shown || (expected.tolerance === MIX_TOLERANCE && agreesWithShown(expected.bytes, shown)))
    return { bytes: expected.bytes, bytes_basis: 'computed' }
  return { bytes: shown.bytes, bytes_basis: 'shown' }
}
