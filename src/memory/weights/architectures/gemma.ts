import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { type ConvertedTensor, matrix, norm, vector } from '../tensor.js'
import { attention, headNorms } from './attention.js'
import { expertWidth, gatedFeedForward, router } from './feed-forward.js'
import { embeddingsAndOutput } from './outside.js'

/** Norms around both halves of a block, as gemma3 has them. */
function sandwichNorms(architecture: Architecture): ConvertedTensor[] {
  const d = architecture.embedding_length
  return ['attn_norm', 'post_attention_norm', 'ffn_norm', 'post_ffw_norm'].map((name) => norm(name, d))
}

/** What mixes a block's own embedding in (gemma3n, small gemma4). */
function perLayerInput(architecture: Architecture): ConvertedTensor[] {
  const d = architecture.embedding_length
  const width = architecture.embedding_length_per_layer_input ?? 0
  if (width === 0) return []
  return [matrix('inp_gate', d, width), matrix('proj', width, d), norm('post_norm', d)]
}

/** Per-layer embeddings and their projection; the projection is never quantized. */
export function perLayerOutside(architecture: Architecture): ConvertedTensor[] {
  const width = architecture.embedding_length_per_layer_input ?? 0
  if (width === 0) return []
  const all = width * architecture.block_count
  return [
    matrix('per_layer_token_embd', all, architecture.vocab_size),
    matrix('per_layer_model_proj', architecture.embedding_length, all),
    norm('per_layer_proj_norm', width),
  ]
}

const alternating = (architecture: Architecture): number => architecture['altup.num_inputs'] ?? 4

export function gemma3nOutside(architecture: Architecture): ConvertedTensor[] {
  const d = architecture.embedding_length
  const others = alternating(architecture) - 1
  return [
    ...embeddingsAndOutput(architecture),
    ...perLayerOutside(architecture),
    matrix('altup_proj', d, d, others),
    matrix('altup_unembd_proj', d, d, others),
  ]
}

export function gemma3nBlock(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const inputs = alternating(architecture)
  const rank = architecture.laurel_rank ?? 64
  return [
    ...sandwichNorms(architecture),
    ...attention(architecture, block),
    ...headNorms(block),
    ...gatedFeedForward(architecture, block),
    ...perLayerInput(architecture),
    vector('altup_correct_coef.weight', inputs, inputs),
    vector('altup_correct_scale.weight', d),
    vector('altup_predict_coef.weight', inputs, inputs * inputs),
    matrix('altup_router', d, inputs),
    norm('altup_router_norm', d),
    matrix('laurel_l', d, rank),
    matrix('laurel_r', rank, d),
    norm('laurel_post_norm', d),
  ]
}

/** gemma4's routed experts keep gate and up in one tensor and stand beside the dense layer. */
function gemma4Experts(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const n = architecture.expert_count ?? 0
  const ff = expertWidth(architecture, block)
  return [
    router(architecture),
    vector('ffn_gate_inp.scale', d),
    norm('pre_ffw_norm_2', d),
    norm('post_ffw_norm_1', d),
    norm('post_ffw_norm_2', d),
    matrix('ffn_gate_up_exps', d, 2 * ff, n),
    matrix('ffn_down_exps', ff, d, n),
    vector('ffn_down_exps.scale', n),
  ]
}

export const gemma4Outside = (architecture: Architecture): ConvertedTensor[] => [
  ...embeddingsAndOutput(architecture),
  ...perLayerOutside(architecture),
  vector('rope_freqs.weight', (architecture.key_length ?? 512) / 2),
]

export function gemma4Block(architecture: Architecture, block: Block): ConvertedTensor[] {
  // Models without per-layer embeddings use the keys of full-attention blocks as values too.
  const keysAreValues = !block.windowed && (architecture.embedding_length_per_layer_input ?? 0) === 0
  const projections = attention(architecture, block)
  return [
    ...sandwichNorms(architecture),
    ...projections.filter(({ name }) => !(keysAreValues && name === 'attn_v.weight')),
    ...headNorms(block),
    ...gatedFeedForward(architecture, block),
    ...(block.experts ? gemma4Experts(architecture, block) : []),
    ...perLayerInput(architecture),
    vector('layer_output_scale.weight', 1),
  ]
}
