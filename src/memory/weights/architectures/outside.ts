import type { Architecture } from '../../../../generated/types.js'
import { type ConvertedTensor, matrix, norm, vector } from '../tensor.js'

/** lfm2 files have their final norm under the name of another. */
const finalNorm = (architecture: Architecture): string =>
  architecture['general.architecture'].startsWith('lfm2') ? 'token_embd_norm' : 'output_norm'

/** Embeddings, final norm and, unless tied, the output layer. */
export function embeddingsAndOutput(architecture: Architecture): ConvertedTensor[] {
  const { embedding_length: d, vocab_size, tied_embeddings } = architecture
  const tensors = [matrix('token_embd', d, vocab_size), norm(finalNorm(architecture), d)]
  if (!tied_embeddings) tensors.push(matrix('output', d, vocab_size))
  return tensors
}

/** Rotated elements of a head: half of them have a factor. */
function rotated(architecture: Architecture): number {
  const { key_length, head_count, embedding_length } = architecture
  const heads = typeof head_count === 'object' ? head_count[0] : head_count
  const width = key_length ?? Math.floor(embedding_length / Math.max(heads ?? 1, 1))
  return architecture['rope.dimension_count'] ?? width
}

/** Llama 3.1 and later have this vocabulary; Llama 3 has it too, but no more than 8,192 tokens of context. */
const LLAMA_3_VOCABULARY = 128256

/**
 * Whether the file has factors for a longer context. The converter writes them for `rope_type: llama3`, of which the
 * header keeps no trace, so models of that lineage are known by vocabulary and context; all of llama4 have them.
 */
function hasRopeFrequencies(architecture: Architecture): boolean {
  if (architecture['rope.scaling.original_context_length'] !== undefined) return true
  const name = architecture['general.architecture']
  if (name === 'llama4') return true
  if (name !== 'llama') return false
  const { vocab_size, context_length } = architecture
  return vocab_size === LLAMA_3_VOCABULARY && context_length > 8192
}

/** `rope_freqs` of the Llama 3.1 lineage. */
export const ropeFrequencies = (architecture: Architecture): ConvertedTensor[] =>
  hasRopeFrequencies(architecture) ? [vector('rope_freqs.weight', rotated(architecture) / 2)] : []

/** Long and short factors of phi3 models whose context was extended (LongRoPE). */
export function ropeFactors(architecture: Architecture): ConvertedTensor[] {
  const original = architecture['rope.scaling.original_context_length']
  const extended =
    original === undefined ? architecture.context_length > 65536 : original < architecture.context_length
  if (!extended) return []
  const half = rotated(architecture) / 2
  return [vector('rope_factors_long.weight', half), vector('rope_factors_short.weight', half)]
}
