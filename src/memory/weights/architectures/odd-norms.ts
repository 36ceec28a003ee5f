import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { type ConvertedTensor, norm } from '../tensor.js'
import { attention, attentionWidths } from './attention.js'
import { gatedFeedForward } from './feed-forward.js'

/** olmo2 and OLMo 3: norms behind each part, and over the whole width of queries and keys. */
export function olmo2Block(architecture: Architecture, block: Block): ConvertedTensor[] {
  const { q, k } = attentionWidths(block)
  const d = architecture.embedding_length
  return [
    ...attention(architecture, block),
    norm('attn_q_norm', q),
    norm('attn_k_norm', k),
    norm('post_attention_norm', d),
    ...gatedFeedForward(architecture, block),
    norm('post_ffw_norm', d),
  ]
}

/** command-r: one norm; the 64-block model also norms each head with weights of its own. */
export function commandRBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const perHead =
    architecture.block_count >= 64
      ? [
          norm('attn_q_norm', block.key_length, block.head_count),
          norm('attn_k_norm', block.key_length, block.head_count_kv),
        ]
      : []
  return [
    norm('attn_norm', architecture.embedding_length),
    ...perHead,
    ...attention(architecture, block),
    ...gatedFeedForward(architecture, block),
  ]
}
