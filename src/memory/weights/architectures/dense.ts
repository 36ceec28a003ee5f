import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { type ConvertedTensor, norm } from '../tensor.js'
import { attention, attentionBiases, headNorms } from './attention.js'
import { gatedFeedForward, routedExperts } from './feed-forward.js'

/** Which norms a block has beside its projections. */
interface DenseStyle {
  norms: readonly string[]
  /** Norms over one head of queries and keys. */
  head_norms?: boolean
  /** Biases of the projections unless `attention_bias` says otherwise. */
  biases?: boolean
}

const PRE = ['attn_norm', 'ffn_norm']

/** Transformers that differ in their norms and biases only, by architecture. */
const STYLES: Readonly<Record<string, DenseStyle>> = {
  llama: { norms: PRE },
  mistral3: { norms: PRE },
  granite: { norms: PRE },
  smollm3: { norms: PRE },
  exaone: { norms: PRE },
  qwen2: { norms: PRE, biases: true },
  seed_oss: { norms: ['attn_norm', 'post_attention_norm'], biases: true },
  qwen3: { norms: PRE, head_norms: true },
  qwen3vl: { norms: PRE, head_norms: true },
  qwen3moe: { norms: PRE, head_norms: true },
  'hunyuan-dense': { norms: PRE, head_norms: true },
  gemma2: { norms: [...PRE, 'post_attention_norm', 'post_ffw_norm'] },
  gemma3: { norms: [...PRE, 'post_attention_norm', 'post_ffw_norm'], head_norms: true },
  exaone4: { norms: ['post_attention_norm', 'post_ffw_norm'], head_norms: true },
  cohere2: { norms: ['attn_norm'] },
}

export const DENSE_ARCHITECTURES: readonly string[] = Object.keys(STYLES)

/** Llama-like blocks, with experts in place of the feed-forward layer where the model has them. */
export function denseBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const style = STYLES[architecture['general.architecture']] ?? { norms: PRE }
  const d = architecture.embedding_length
  return [
    ...style.norms.map((name) => norm(name, d)),
    ...(style.head_norms === true ? headNorms(block) : []),
    ...attention(architecture, block),
    ...((architecture.attention_bias ?? style.biases) === true ? attentionBiases(block) : []),
    ...(block.experts ? routedExperts(architecture, block) : gatedFeedForward(architecture, block)),
  ]
}
