import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { bias, type ConvertedTensor, matrix, norm, vector } from '../tensor.js'
import { attention, headNorms } from './attention.js'
import {
  gatedFeedForward,
  routedExperts,
  router,
  routerBias,
  sharedExpert,
  sharedExpertWidth,
} from './feed-forward.js'

/** A Mamba-2 mixer. */
function mamba2(architecture: Architecture): ConvertedTensor[] {
  const d = architecture.embedding_length
  const inner = architecture['ssm.inner_size'] ?? 0
  const heads = architecture['ssm.time_step_rank'] ?? 0
  const groups = architecture['ssm.group_count'] ?? 1
  const convolved = inner + 2 * groups * (architecture['ssm.state_size'] ?? 0)
  return [
    matrix('ssm_in', d, inner + convolved + heads),
    vector('ssm_conv1d.weight', architecture['ssm.conv_kernel'] ?? 0, convolved),
    bias('ssm_conv1d', convolved),
    bias('ssm_dt', heads),
    vector('ssm_a', 1, heads),
    vector('ssm_d', 1, heads),
    groups === 1 ? norm('ssm_norm', inner) : norm('ssm_norm', inner / groups, groups),
    matrix('ssm_out', inner, d),
  ]
}

/** granitehybrid: a Mamba-2 or attention mixer, then a feed-forward layer or experts in every block. */
export function graniteHybridBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  return [
    norm('attn_norm', d),
    ...(block.recurrent ? mamba2(architecture) : attention(architecture, block)),
    norm('ffn_norm', d),
    ...(block.experts
      ? [...routedExperts(architecture, block), ...sharedExpert(architecture, block)]
      : gatedFeedForward(architecture, block)),
  ]
}

/** nemotron's feed-forward layers have no gate (squared ReLU). */
function nemotronFeedForward(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  if (!block.experts) {
    const ff = block.feed_forward_length
    return [matrix('ffn_up', d, ff), matrix('ffn_down', ff, d)]
  }
  const n = architecture.expert_count ?? 0
  const ff = architecture.expert_feed_forward_length ?? 0
  const shared = sharedExpertWidth(architecture, block)
  return [
    router(architecture),
    routerBias(architecture),
    matrix('ffn_up_exps', d, ff, n),
    matrix('ffn_down_exps', ff, d, n),
    matrix('ffn_up_shexp', d, shared),
    matrix('ffn_down_shexp', shared, d),
  ]
}

/** nemotron_h and nemotron_h_moe: each block is one of mixer, attention and feed-forward. */
export function nemotronBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const part = block.recurrent
    ? mamba2(architecture)
    : block.feed_forward_length === 0
      ? attention(architecture, block)
      : nemotronFeedForward(architecture, block)
  return [norm('attn_norm', architecture.embedding_length), ...part]
}

/** lfm2 and lfm2moe: short convolutions between attention blocks. */
export function lfm2Block(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const mixer = block.recurrent
    ? [
        vector('shortconv.conv.weight', architecture['shortconv.l_cache'] ?? 0, d),
        matrix('shortconv.in_proj', d, 3 * d),
        matrix('shortconv.out_proj', d, d),
      ]
    : [...attention(architecture, block), ...headNorms(block)]
  return [
    norm('attn_norm', d),
    norm('ffn_norm', d),
    ...mixer,
    ...(block.experts
      ? [...routedExperts(architecture, block), routerBias(architecture)]
      : gatedFeedForward(architecture, block)),
  ]
}
