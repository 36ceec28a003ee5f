import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { bias, type ConvertedTensor, matrix, norm, vector } from '../tensor.js'
import { gatedFeedForward, routedExperts, routerBias, sharedExpert } from './feed-forward.js'
import { predictionEmbeddings, predictionTensors } from './multi-token-prediction.js'

/** Multi-head latent attention: compressed queries (unless a small model) and compressed keys and values. */
function latentAttention(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const kv = architecture.kv_lora_rank ?? 0
  const q = architecture.q_lora_rank ?? 0
  const rope = architecture['rope.dimension_count'] ?? 0
  const key = architecture.key_length_mla ?? block.key_length
  const value = architecture.value_length_mla ?? block.value_length
  const heads = block.head_count
  const queries =
    q > 0
      ? [norm('attn_q_a_norm', q), matrix('attn_q_a', d, q), matrix('attn_q_b', q, heads * key)]
      : [matrix('attn_q', d, heads * key)]
  // Files from before April 2025 have no key_length_mla and one matrix in place of two.
  const expansion =
    architecture.key_length_mla === undefined
      ? [matrix('attn_kv_b', kv, heads * (key - rope + value))]
      : [matrix('attn_k_b', key - rope, kv, heads), matrix('attn_v_b', kv, value, heads)]
  return [
    ...queries,
    norm('attn_kv_a_norm', kv),
    matrix('attn_kv_a_mqa', d, kv + rope),
    ...expansion,
    matrix('attn_output', heads * value, d),
  ]
}

/** The sparse-attention indexer of DeepSeek V3.2; its projection leaves the converter in F32. */
function indexer(architecture: Architecture): ConvertedTensor[] {
  const d = architecture.embedding_length
  const length = architecture['indexer.key_length'] ?? 128
  const heads = architecture['indexer.head_count'] ?? 64
  return [
    norm('indexer.k_norm', length),
    bias('indexer.k_norm', length),
    vector('indexer.proj.weight', d, heads),
    matrix('indexer.attn_k', d, length),
    matrix('indexer.attn_q_b', architecture.q_lora_rank ?? 0, heads * length),
  ]
}

/** Models since V3 have one shared expert and correct the router's scores; V2 has two and does not. */
function hasRouterBias(architecture: Architecture): boolean {
  return (architecture.expert_shared_count ?? 0) === 1
}

/** deepseek2 (V2, V3, R1, Kimi K2, GLM-4.7 Flash) and deepseek32. */
export function deepseekBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  return [
    norm('attn_norm', d),
    norm('ffn_norm', d),
    ...latentAttention(architecture, block),
    ...(architecture['general.architecture'] === 'deepseek32' ? indexer(architecture) : []),
    ...(block.experts
      ? [
          ...routedExperts(architecture, block),
          ...(hasRouterBias(architecture) ? [routerBias(architecture)] : []),
          ...sharedExpert(architecture, block),
        ]
      : gatedFeedForward(architecture, block)),
    ...(block.mtp ? [...predictionTensors(architecture), ...predictionEmbeddings(architecture)] : []),
  ]
}
