import type { Architecture } from '../../../../generated/types.js'
import { type ConvertedTensor, matrix, norm } from '../tensor.js'

/** What a block for multi-token prediction has beyond a usual block. */
export function predictionTensors(architecture: Architecture): ConvertedTensor[] {
  const d = architecture.embedding_length
  return [
    matrix('nextn.eh_proj', 2 * d, d),
    norm('nextn.enorm', d),
    norm('nextn.hnorm', d),
    norm('nextn.shared_head_norm', d),
  ]
}

/** Embeddings and output of its own, which the GLM and DeepSeek checkpoints repeat in such a block. */
export function predictionEmbeddings(architecture: Architecture): ConvertedTensor[] {
  const { embedding_length: d, vocab_size } = architecture
  return [matrix('nextn.embed_tokens', d, vocab_size), matrix('nextn.shared_head_head', d, vocab_size)]
}
