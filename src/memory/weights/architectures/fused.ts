import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { bias, type ConvertedTensor, matrix, norm, vector } from '../tensor.js'
import { attentionWidths, fusedAttention } from './attention.js'

/** phi3 and chatglm keep gate and up projection in one tensor. */
function fusedFeedForward(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const ff = block.feed_forward_length
  return [matrix('ffn_up', d, 2 * ff), matrix('ffn_down', ff, d)]
}

export function phi3Block(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  return [
    norm('attn_norm', d),
    ...fusedAttention(architecture, block),
    norm('ffn_norm', d),
    ...fusedFeedForward(architecture, block),
  ]
}

/** chatglm is phi3's layout with a bias on the fused projection. */
export function chatglmBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const { q, k, v } = attentionWidths(block)
  const biased = architecture.attention_bias ?? true
  return [...phi3Block(architecture, block), ...(biased ? [bias('attn_qkv', q + k + v)] : [])]
}

/** Whole norms with a bias, as BERT has them. */
const biasedNorm = (name: string, length: number): ConvertedTensor[] => [
  norm(name, length),
  bias(name, length),
]

export function nomicBertBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const ff = block.feed_forward_length
  return [
    ...fusedAttention(architecture, block),
    ...biasedNorm('attn_output_norm', d),
    matrix('ffn_up', d, ff),
    matrix('ffn_gate', d, ff),
    matrix('ffn_down', ff, d),
    ...biasedNorm('layer_output_norm', d),
  ]
}

/** An encoder: no output layer, two token types, a norm behind the embeddings. */
export function nomicBertOutside(architecture: Architecture): ConvertedTensor[] {
  const { embedding_length: d, vocab_size } = architecture
  return [
    matrix('token_embd', d, vocab_size),
    vector('token_types.weight', d, 2),
    ...biasedNorm('token_embd_norm', d),
  ]
}
