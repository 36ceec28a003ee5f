import type { Architecture } from '../../generated/types.js'
import type { ModelMemory } from '../../src/memory/index.js'
import { weightLayoutFromMix } from '../../src/memory/weights/index.js'

/** Shapes of models from their public configuration files. */
export const LLAMA_3_2_1B: Architecture = {
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
  'rope.scaling.original_context_length': 8192,
}

export const LLAMA_3_1_8B: Architecture = {
  ...LLAMA_3_2_1B,
  tied_embeddings: false,
  block_count: 32,
  embedding_length: 4096,
  feed_forward_length: 14336,
  'rope.dimension_count': 128,
}

export const GEMMA_3_4B: Architecture = {
  'general.architecture': 'gemma3',
  vocab_size: 262144,
  tied_embeddings: true,
  block_count: 34,
  context_length: 131072,
  embedding_length: 2560,
  feed_forward_length: 10240,
  head_count: 8,
  head_count_kv: 4,
  key_length: 256,
  value_length: 256,
  sliding_window: 1024,
  'rope.dimension_count': 256,
}

export const QWEN_3_30B_A3B: Architecture = {
  'general.architecture': 'qwen3moe',
  vocab_size: 151936,
  tied_embeddings: false,
  block_count: 48,
  context_length: 40960,
  embedding_length: 2048,
  feed_forward_length: 6144,
  head_count: 32,
  head_count_kv: 4,
  key_length: 128,
  value_length: 128,
  expert_count: 128,
  expert_used_count: 8,
  expert_feed_forward_length: 768,
}

export function memoryOf(architecture: Architecture, quantization = 'Q4_K_M'): ModelMemory {
  const weights = weightLayoutFromMix(architecture, quantization)
  if (!weights) throw new Error(`no mix for ${quantization}`)
  return { architecture, weights }
}

export const GPT_OSS_20B: Architecture = {
  'general.architecture': 'gpt-oss',
  vocab_size: 201088,
  tied_embeddings: false,
  attention_bias: true,
  block_count: 24,
  context_length: 131072,
  embedding_length: 2880,
  feed_forward_length: 2880,
  head_count: 64,
  head_count_kv: 8,
  key_length: 64,
  value_length: 64,
  sliding_window: 128,
  expert_count: 32,
  expert_used_count: 4,
  expert_feed_forward_length: 2880,
}
