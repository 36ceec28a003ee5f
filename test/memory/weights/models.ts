import type { Architecture } from '../../../generated/types.js'

/** Llama 3.2 1B: tied embeddings, rope factors. Source: its config.json. */
export const LLAMA_32_1B: Architecture = {
  'general.architecture': 'llama',
  vocab_size: 128256,
  tied_embeddings: true,
  block_count: 16,
  context_length: 131072,
  embedding_length: 2048,
  feed_forward_length: 8192,
  head_count: 32,
  head_count_kv: 8,
  'rope.dimension_count': 64,
}

/** Mixtral 8x7B: eight experts. Source: its config.json. */
export const MIXTRAL: Architecture = {
  'general.architecture': 'llama',
  vocab_size: 32000,
  tied_embeddings: false,
  block_count: 32,
  context_length: 32768,
  embedding_length: 4096,
  feed_forward_length: 14336,
  head_count: 32,
  head_count_kv: 8,
  expert_count: 8,
  expert_used_count: 2,
}

/** Qwen3 0.6B: tied embeddings, heads wider than the stream. Source: its config.json. */
export const QWEN3_06B: Architecture = {
  'general.architecture': 'qwen3',
  vocab_size: 151936,
  tied_embeddings: true,
  block_count: 28,
  context_length: 40960,
  embedding_length: 1024,
  feed_forward_length: 3072,
  head_count: 16,
  head_count_kv: 8,
  key_length: 128,
  value_length: 128,
}

/** Qwen2.5 0.5B: rows of 896 elements, which 256 does not divide. Source: its config.json. */
export const QWEN25_05B: Architecture = {
  'general.architecture': 'qwen2',
  vocab_size: 151936,
  tied_embeddings: true,
  block_count: 24,
  context_length: 32768,
  embedding_length: 896,
  feed_forward_length: 4864,
  head_count: 14,
  head_count_kv: 2,
}

/** Phi 3.5 mini: fused projections, long-context rope factors. Source: its config.json. */
export const PHI_35_MINI: Architecture = {
  'general.architecture': 'phi3',
  vocab_size: 32064,
  tied_embeddings: false,
  block_count: 32,
  context_length: 131072,
  embedding_length: 3072,
  feed_forward_length: 8192,
  head_count: 32,
  head_count_kv: 32,
  'rope.dimension_count': 96,
}

/** nomic-embed-text v1.5: an encoder without an output layer. Source: its config.json. */
export const NOMIC: Architecture = {
  'general.architecture': 'nomic-bert',
  vocab_size: 30528,
  tied_embeddings: false,
  block_count: 12,
  context_length: 2048,
  embedding_length: 768,
  feed_forward_length: 3072,
  head_count: 12,
  head_count_kv: 12,
}

export const UNKNOWN: Architecture = { ...LLAMA_32_1B, 'general.architecture': 'no-such-model' }
