import type { Architecture, Build } from '../../../generated/authored.js'
import {
  estimateMetadataBytes,
  type MixOptions,
  sumOfLayout,
  weightLayoutFromMix,
} from '../../../src/memory/weights/index.js'
import { planBytes } from '../../../src/memory/weights/file-types.js'
import { bartowski2025 } from './bartowski-2025.js'
import { bartowski2026 } from './bartowski-2026.js'
import { publisherBytes } from './publisher-bytes.js'

/** What the recipes want to know about the model of a build. */
export interface RecipeModel {
  architecture: Architecture
  /** Month in which the model came out, `2025-04`: files are made after it. */
  release: string
}

/** bartowski makes LM Studio's files as well. */
const BARTOWSKI = ['bartowski/', 'lmstudio-community/']
/** Months in which the two states of his branch came into use. */
const BRANCH_OF_2025 = '2025-04'
const BRANCH_OF_2026 = '2026-02'

/** How llama.cpp's own files differ from what the estimate takes for granted. */
const OTHER_SETTINGS: readonly MixOptions[] = [
  { imatrix: true },
  { imatrix: false },
  { older: true },
  { older: true, imatrix: true },
  { older: true, imatrix: false },
]

function llamaCppBytes(architecture: Architecture, label: string, options: MixOptions): number | undefined {
  const layout = weightLayoutFromMix(architecture, label, options)
  return layout ? Math.round(sumOfLayout(layout) + estimateMetadataBytes(architecture)) : undefined
}

/**
 * Qwen's small checkpoints hold the output layer although it is the embeddings, and some converters wrote both. For
 * other architectures llama.cpp's converter leaves it out, and a size in GB taken for GiB looks just like it.
 */
const OUTPUT_TWICE = ['qwen2', 'qwen3']

function untiedBytes(architecture: Architecture, label: string): (number | undefined)[] {
  if (!architecture.tied_embeddings || !OUTPUT_TWICE.includes(architecture['general.architecture'])) return []
  const untied = { ...architecture, tied_embeddings: false }
  return [{}, { older: true }].map((options) => llamaCppBytes(untied, label, options))
}

function bartowskiBytes({ architecture, release }: RecipeModel, build: Build): (number | undefined)[] {
  if (!BARTOWSKI.some((owner) => build.repo?.startsWith(owner))) return []
  const { quantization } = build
  const sizes: (number | undefined)[] = []
  if (release >= BRANCH_OF_2025 && (architecture.expert_count ?? 0) >= 8)
    sizes.push(
      publisherBytes(architecture, quantization, { rules: bartowski2025, imatrix: true, older: true }),
    )
  if (release >= BRANCH_OF_2026)
    sizes.push(publisherBytes(architecture, quantization, { rules: bartowski2026, imatrix: true }))
  return sizes
}

/**
 * Unsloth's Q2_K_L, where the label usually means embeddings and output in Q8_0: Q2_K with embeddings in Q4_K where
 * they are apart from the output, else Q2_K itself. Read off the sizes of 24 files that no other recipe gives.
 */
function unslothBytes(architecture: Architecture, build: Build): (number | undefined)[] {
  if (build.quantization !== 'Q2_K_L' || !build.repo?.startsWith('unsloth/')) return []
  return [false, true].map((older) => {
    const layout = weightLayoutFromMix(architecture, 'Q2_K', { older })
    if (!layout) return undefined
    const { vocab_size, embedding_length } = architecture
    const widened = architecture.tied_embeddings
      ? 0
      : planBytes([embedding_length, vocab_size], 'Q4_K') - layout.token_embd_bytes
    return Math.round(sumOfLayout(layout) + widened + estimateMetadataBytes(architecture))
  })
}

/**
 * llama.cpp's recipe for the label that an Unsloth Dynamic mix is named after: nearer than the label's average bits
 * where embeddings or tensors that cannot be narrowed are much of the model.
 */
function dynamicBytes(architecture: Architecture, label: string): (number | undefined)[] {
  if (!label.startsWith('UD-')) return []
  const named = label.slice('UD-'.length).replace(/_XL$/, '')
  const labels = named === 'Q8_K' ? ['Q8_0'] : [named, `${named}_M`]
  return labels.map((known) => llamaCppBytes(architecture, known, {}))
}

/**
 * Sizes in bytes that a build may also have, beside the one that llama.cpp v0.5.0 gives: made with or without an
 * importance matrix or by an older llama.cpp, with Qwen's tied embeddings written twice, or by a publisher's own rules. Of an Unsloth
 * Dynamic mix only about: it has no recipe of its own.
 */
export function otherSizes(model: RecipeModel, build: Build): number[] {
  const architecture = { ...model.architecture }
  const { quantization } = build
  return [
    ...OTHER_SETTINGS.map((options) => llamaCppBytes(architecture, quantization, options)),
    ...untiedBytes(architecture, quantization),
    ...unslothBytes(architecture, build),
    ...dynamicBytes(architecture, quantization),
    ...bartowskiBytes({ ...model, architecture }, build),
  ].filter((bytes) => bytes !== undefined)
}
