import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { bias, type ConvertedTensor, norm, vector } from '../tensor.js'
import { attention, attentionBiases, attentionWidths, headNorms } from './attention.js'
import { gatedFeedForward, routedExperts, routerBias, sharedExpert } from './feed-forward.js'
import { predictionEmbeddings, predictionTensors } from './multi-token-prediction.js'

const EXPERT_STACKS = new Set(['ffn_gate_exps.weight', 'ffn_up_exps.weight', 'ffn_down_exps.weight'])

/** gpt-oss: biases everywhere, attention sinks, experts released and kept in MXFP4. */
export function gptOssBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const n = architecture.expert_count ?? 0
  const ff = architecture.expert_feed_forward_length ?? block.feed_forward_length
  return [
    norm('attn_norm', d),
    norm('post_attention_norm', d),
    ...attention(architecture, block),
    ...attentionBiases(block),
    bias('attn_output', d),
    vector('attn_sinks.weight', block.head_count),
    ...routedExperts(architecture, block).map((tensor): ConvertedTensor =>
      EXPERT_STACKS.has(tensor.name) ? { ...tensor, converted: 'MXFP4' } : tensor,
    ),
    bias('ffn_gate_inp', n),
    bias('ffn_gate_exps', ff, n),
    bias('ffn_up_exps', ff, n),
    bias('ffn_down_exps', d, n),
  ]
}

/** The smaller GLM-4.5 (Air) has no norms on its heads; the header does not say so, its width does. */
const GLM_WITH_HEAD_NORMS = 5120

export function glm4MoeBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  return [
    norm('attn_norm', d),
    norm('post_attention_norm', d),
    ...attention(architecture, block),
    ...((architecture.attention_bias ?? true) ? attentionBiases(block) : []),
    ...(d >= GLM_WITH_HEAD_NORMS ? headNorms(block) : []),
    ...(block.experts
      ? [
          ...routedExperts(architecture, block),
          routerBias(architecture),
          ...sharedExpert(architecture, block),
        ]
      : gatedFeedForward(architecture, block)),
    ...(block.mtp ? [...predictionTensors(architecture), ...predictionEmbeddings(architecture)] : []),
  ]
}

export function minimaxBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const { q, k } = attentionWidths(block)
  const d = architecture.embedding_length
  return [
    norm('attn_norm', d),
    norm('ffn_norm', d),
    norm('attn_q_norm', q),
    norm('attn_k_norm', k),
    ...attention(architecture, block),
    ...routedExperts(architecture, block),
    routerBias(architecture),
  ]
}

/** llama4, ernie4_5-moe and hunyuan-moe: a shared expert beside the routed ones. */
export function sharedExpertBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const name = architecture['general.architecture']
  const d = architecture.embedding_length
  return [
    norm('attn_norm', d),
    norm('ffn_norm', d),
    ...(name === 'hunyuan-moe' ? headNorms(block) : []),
    ...attention(architecture, block),
    ...(block.experts
      ? [
          ...routedExperts(architecture, block),
          ...(name === 'ernie4_5-moe' ? [routerBias(architecture)] : []),
          ...sharedExpert(architecture, block),
        ]
      : gatedFeedForward(architecture, block)),
  ]
}
