import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { bias, type ConvertedTensor, matrix, norm, vector } from '../tensor.js'
import { attentionWidths, headNorms } from './attention.js'
import { gatedFeedForward, routedExperts, sharedExpert } from './feed-forward.js'
import { predictionTensors } from './multi-token-prediction.js'

/** Full attention with an output gate: the query projection is twice as wide. */
function gatedAttention(architecture: Architecture, block: Block): ConvertedTensor[] {
  const { q, k, v } = attentionWidths(block)
  const d = architecture.embedding_length
  return [
    matrix('attn_q', d, 2 * q),
    matrix('attn_k', d, k),
    matrix('attn_v', d, v),
    matrix('attn_output', q, d),
    ...headNorms(block),
  ]
}

/** Gated delta net. */
function linearAttention(architecture: Architecture): ConvertedTensor[] {
  const d = architecture.embedding_length
  const state = architecture['ssm.state_size'] ?? 0
  const heads = architecture['ssm.time_step_rank'] ?? 0
  const keys = state * (architecture['ssm.group_count'] ?? 0)
  const values = state * heads
  const rates =
    architecture['general.architecture'] === 'qwen3next'
      ? [matrix('ssm_ba', d, 2 * heads)]
      : [matrix('ssm_alpha', d, heads), matrix('ssm_beta', d, heads)]
  return [
    matrix('attn_qkv', d, 2 * keys + values),
    matrix('attn_gate', d, values),
    vector('ssm_conv1d.weight', architecture['ssm.conv_kernel'] ?? 0, 2 * keys + values),
    bias('ssm_dt', heads),
    vector('ssm_a', heads),
    ...rates,
    norm('ssm_norm', state),
    matrix('ssm_out', values, d),
  ]
}

/** qwen3next, qwen35 and qwen35moe: linear attention with full attention in every fourth block. */
export function qwenLinearBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  return [
    norm('attn_norm', d),
    norm('post_attention_norm', d),
    ...(block.recurrent ? linearAttention(architecture) : gatedAttention(architecture, block)),
    ...(block.experts
      ? [
          ...routedExperts(architecture, block),
          vector('ffn_gate_inp_shexp.weight', d),
          ...sharedExpert(architecture, block),
        ]
      : gatedFeedForward(architecture, block)),
    ...(block.mtp ? predictionTensors(architecture) : []),
  ]
}
