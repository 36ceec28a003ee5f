import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { bias, type ConvertedTensor, matrix, norm } from '../tensor.js'

/** Widths of the query, key and value projections of a block, in elements. */
export function attentionWidths(block: Block): { q: number; k: number; v: number } {
  return {
    q: block.head_count * block.key_length,
    k: block.head_count_kv * block.key_length,
    v: block.head_count_kv * block.value_length,
  }
}

/** Grouped-query attention with separate projections: `attn_q`, `attn_k`, `attn_v`, `attn_output`. */
export function attention(architecture: Architecture, block: Block): ConvertedTensor[] {
  const { q, k, v } = attentionWidths(block)
  const d = architecture.embedding_length
  return [
    matrix('attn_q', d, q),
    matrix('attn_k', d, k),
    matrix('attn_v', d, v),
    matrix('attn_output', block.head_count * block.value_length, d),
  ]
}

/** Biases of the three projections (qwen2, glm4moe, seed_oss, gpt-oss). */
export function attentionBiases(block: Block): ConvertedTensor[] {
  const { q, k, v } = attentionWidths(block)
  return [bias('attn_q', q), bias('attn_k', k), bias('attn_v', v)]
}

/** One fused projection in place of three (phi3, chatglm, nomic-bert). */
export function fusedAttention(architecture: Architecture, block: Block): ConvertedTensor[] {
  const { q, k, v } = attentionWidths(block)
  const d = architecture.embedding_length
  return [matrix('attn_qkv', d, q + k + v), matrix('attn_output', block.head_count * block.value_length, d)]
}

/** Norms over one head of the queries and keys. */
export const headNorms = (block: Block): ConvertedTensor[] => [
  norm('attn_q_norm', block.key_length),
  norm('attn_k_norm', block.key_length),
]
