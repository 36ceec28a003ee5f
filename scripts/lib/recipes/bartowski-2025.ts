import type { TensorTypeName } from '../../../src/memory/tensor-types.js'
import {
  hasExperts,
  isAtEnds,
  isLargerLowBit,
  isLowBit,
  lowBitDense,
  type PublisherCase,
  type PublisherRules,
  raisedLowBit,
  type TypeByLabel,
  typesOf,
  usesMoreBits,
} from './publisher-case.js'

const RAISED_ENDS: TypeByLabel = {
  IQ2_M: 'IQ3_XXS',
  IQ2_S: 'IQ2_S',
  IQ2_XS: 'IQ2_S',
  IQ2_XXS: 'IQ2_XS',
  IQ1_M: 'IQ2_XXS',
  IQ1_S: 'IQ1_M',
}

const LOWERED_MIDDLE: TypeByLabel = {
  IQ2_M: 'IQ2_XS',
  IQ2_S: 'IQ2_XXS',
  IQ2_XS: 'IQ2_XXS',
  IQ2_XXS: 'IQ1_M',
  IQ1_M: 'IQ1_S',
}

/** Every second or third ffn_down of the routed experts; all are made with an importance matrix. */
const RAISED_EXPERTS = typesOf({
  Q3_K: 'Q2_K',
  Q4_K: 'Q3_K_M IQ3_S IQ3_M',
  Q5_K: 'Q3_K_L Q4_K_S',
  Q6_K: 'Q4_K_M Q5_K_M',
  IQ3_S: 'IQ3_XS IQ3_XXS',
  Q4_1: 'Q4_0',
  Q5_1: 'Q5_0',
})

const OUTPUT = typesOf({ Q5_K: 'Q2_K IQ3_XS IQ3_XXS Q3_K_S Q3_K_M IQ4_NL Q4_K_S Q4_K_M IQ3_S IQ3_M IQ4_XS' })

/** Shared experts, and most of latent attention: five bits unless the label has more. */
const wide = (rules: string): TensorTypeName =>
  rules === 'Q5_K_M' ? 'Q8_0' : rules === 'Q4_K_M' || rules === 'Q5_K_S' ? 'Q6_K' : 'Q5_K'

const latentQuery = (rules: string): TensorTypeName =>
  rules === 'Q5_K_M' ? 'Q6_K' : rules === 'Q4_K_M' || rules === 'Q5_K_S' ? 'Q5_K' : 'Q4_K'

function lowBitType(tensor: PublisherCase): TensorTypeName | undefined {
  const { kind, rules, base, index, count } = tensor
  switch (kind) {
    case 'attn_k':
    case 'attn_kv_a_mqa':
    case 'attn_q_a':
      return 'Q4_K'
    case 'attn_q_b':
      return raisedLowBit(tensor)
    case 'attn_kv_b':
      if (index < Math.floor(count / 8)) return 'Q4_K'
      return usesMoreBits(tensor) ? raisedLowBit(tensor) : base
    case 'attn_output':
      return isLargerLowBit(tensor) ? 'Q5_K' : 'Q4_K'
    case 'ffn_down':
    case 'ffn_gate':
    case 'ffn_up':
      return lowBitDense(tensor)
    case 'ffn_down_exps':
    case 'ffn_gate_exps':
    case 'ffn_up_exps':
      return (isAtEnds(tensor) ? RAISED_ENDS : LOWERED_MIDDLE)[rules] ?? base
    case 'ffn_down_shexp':
    case 'ffn_gate_shexp':
    case 'ffn_up_shexp':
      return usesMoreBits(tensor) ? 'Q6_K' : base
    default:
      return undefined
  }
}

/**
 * Types that bartowski's own quantizer gives models with eight experts or more, from spring 2025 on.
 *
 * Source: llama_tensor_get_type in src/llama-quant.cpp of https://github.com/ggml-org/llama.cpp/pull/12727 at f609de5.
 */
export const bartowski2025: PublisherRules = (tensor) => {
  if (!hasExperts(tensor)) return undefined
  if (isLowBit(tensor)) return lowBitType(tensor)
  const { kind, rules, base } = tensor
  switch (kind) {
    case 'attn_k':
    case 'attn_kv_a_mqa':
      return 'Q8_0'
    case 'attn_output':
      return OUTPUT[rules] ?? base
    case 'attn_k_b':
    case 'attn_v_b':
    case 'attn_q_a':
      return wide(rules)
    case 'attn_q_b':
      return latentQuery(rules)
    case 'ffn_down_shexp':
    case 'ffn_gate_shexp':
    case 'ffn_up_shexp':
      return usesMoreBits(tensor) ? 'Q8_0' : wide(rules)
    case 'ffn_down_exps':
      return usesMoreBits(tensor) ? (RAISED_EXPERTS[rules] ?? base) : base
    default:
      return undefined
  }
}
