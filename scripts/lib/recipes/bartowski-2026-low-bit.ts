import type { TensorTypeName } from '../../../src/memory/tensor-types.js'
import {
  hasExperts,
  isAtEnds,
  isLargerLowBit,
  lowBitDense,
  type PublisherCase,
  raisedLowBit,
  type TypeByLabel,
  usesMoreBits,
} from './publisher-case.js'

const RAISED_ENDS: TypeByLabel = {
  IQ2_M: 'IQ3_S',
  IQ2_S: 'IQ3_XXS',
  IQ2_XS: 'IQ2_S',
  IQ2_XXS: 'IQ2_XS',
  IQ1_M: 'IQ2_XXS',
  IQ1_S: 'IQ1_M',
}

function attentionType(tensor: PublisherCase): TensorTypeName | undefined {
  const { kind, base } = tensor
  const more = usesMoreBits(tensor)
  switch (kind) {
    case 'attn_v':
    case 'attn_kv_b':
      return more ? 'Q6_K' : 'Q4_K'
    case 'attn_qkv':
      if (hasExperts(tensor)) return more ? 'Q6_K' : 'Q4_K'
      return more ? 'Q4_K' : base
    case 'attn_q':
      return hasExperts(tensor) || more ? 'Q4_K' : base
    case 'attn_k':
    case 'attn_q_a':
      return 'Q4_K'
    case 'attn_kv_a_mqa':
      return hasExperts(tensor) ? 'Q4_K' : undefined
    case 'attn_q_b':
      return raisedLowBit(tensor)
    case 'attn_output':
      if (hasExperts(tensor)) return isLargerLowBit(tensor) ? 'Q5_K' : 'Q4_K'
      return undefined
    default:
      return undefined
  }
}

/** Rules of the branch of 2026 for file types below 3 bits; its source is named at `bartowski2026`. */
export function bartowski2026LowBit(tensor: PublisherCase): TensorTypeName | undefined {
  const { kind, rules, base } = tensor
  switch (kind) {
    case 'ssm_out':
      return usesMoreBits(tensor) ? 'Q4_K' : base
    case 'ffn_down':
    case 'ffn_gate':
    case 'ffn_up':
      return lowBitDense(tensor)
    case 'ffn_down_exps':
      return isAtEnds(tensor) ? (RAISED_ENDS[rules] ?? base) : base
    case 'ffn_gate_exps':
    case 'ffn_up_exps':
    case 'ffn_gate_up_exps':
      return base
    case 'ffn_down_shexp':
    case 'ffn_gate_shexp':
    case 'ffn_up_shexp':
      return usesMoreBits(tensor) ? 'Q8_0' : 'Q4_K'
    default:
      return attentionType(tensor)
  }
}
