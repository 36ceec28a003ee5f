import type { TensorTypeName } from '../../../src/memory/tensor-types.js'
import { bartowski2026LowBit } from './bartowski-2026-low-bit.js'
import {
  hasExperts,
  isLowBit,
  type PublisherCase,
  type PublisherRules,
  type TypeByLabel,
  typesOf,
  usesMoreBits,
} from './publisher-case.js'

/** Some ffn_down of the routed experts; all are made with an importance matrix. */
const RAISED_EXPERTS = typesOf({
  Q3_K: 'Q2_K',
  Q4_K: 'Q3_K_M IQ3_XS IQ3_XXS',
  Q5_K: 'Q3_K_L Q4_K_S IQ3_S IQ3_M',
  Q6_K: 'Q4_K_M Q5_K_M',
  Q8_0: 'Q6_K',
  Q4_1: 'Q4_0',
  Q5_1: 'Q5_0',
})

const SHARED_EXPERTS = typesOf({
  Q4_K: 'IQ3_M IQ3_S IQ3_XS IQ3_XXS Q2_K Q2_K_S',
  Q5_0: 'Q4_0',
  Q5_1: 'Q4_1',
  Q5_K: 'Q4_K_S Q3_K_L Q3_K_M Q3_K_S',
  Q6_K: 'Q4_K_M Q5_K_S',
  Q8_0: 'Q5_K_M Q6_K Q8_0',
})

const OUTPUT_WITH_EXPERTS = typesOf({
  Q4_K: 'Q2_K IQ3_XS IQ3_XXS Q4_K_S Q3_K_S Q3_K_M',
  Q5_K: 'IQ4_NL Q4_K_M IQ3_S IQ3_M IQ4_XS Q5_K_S',
  Q6_K: 'Q5_K_M',
  Q8_0: 'Q6_K',
})

const OUTPUT = typesOf({
  Q3_K: 'Q2_K',
  IQ3_S: 'IQ3_XXS IQ3_XS',
  Q4_K: 'Q3_K_M Q3_K_L IQ3_M Q4_K_S',
  Q5_K: 'Q4_K_M Q5_K_S',
  Q6_K: 'Q5_K_M',
  Q8_0: 'Q6_K',
})

const FUSED = typesOf({
  Q4_K: 'Q2_K',
  Q5_K: 'Q3_K_M IQ3_XS Q3_K_L IQ3_M Q3_K_S IQ3_S IQ3_XXS Q4_K_S',
  Q6_K: 'Q4_K_M Q5_K_S',
  Q8_0: 'Q5_K_M Q6_K',
})

const KEYS: TypeByLabel = { Q6_K: 'Q8_0', Q5_K_M: 'Q6_K', Q4_K_M: 'Q5_K' }

const LATENT = typesOf({
  Q5_K: 'Q2_K Q2_K_S Q3_K_L Q3_K_M Q3_K_S Q4_K_S',
  IQ4_XS: 'IQ3_M IQ3_S IQ3_XS IQ3_XXS',
  Q6_K: 'Q4_K_M Q5_K_S',
  Q8_0: 'Q5_K_M Q6_K',
})

const LATENT_QUERY = typesOf({
  Q4_K: 'Q2_K Q2_K_S Q3_K_L Q3_K_M Q3_K_S Q4_K_S',
  IQ4_XS: 'IQ3_M IQ3_S IQ3_XS IQ3_XXS',
  Q5_K: 'Q4_K_M Q5_K_S',
  Q6_K: 'Q5_K_M',
  Q8_0: 'Q6_K',
})

const VALUES_IN_SOME = typesOf({ Q5_K: 'Q3_K_M Q4_K_S', Q6_K: 'Q4_K_M Q5_K_M', Q8_0: 'Q6_K' })
const VALUES_ELSEWHERE: TypeByLabel = { Q3_K_M: 'Q4_K' }
const VALUES_IN_ALL = typesOf({ Q5_K: 'IQ3_M Q3_K_L', Q3_K: 'Q2_K Q2_K_S' })
/** Where four heads or more share them. */
const SHARED_VALUES = typesOf({ Q4_K: 'Q2_K Q2_K_S IQ3_XXS IQ3_XS IQ3_S', Q6_K: 'IQ4_NL IQ4_XS' })

function valueType(tensor: PublisherCase): TensorTypeName {
  const { rules, base, traits } = tensor
  if (hasExperts(tensor)) return 'Q8_0'
  const shared = traits.gqa >= 4 ? SHARED_VALUES[rules] : undefined
  const placed = usesMoreBits(tensor) ? VALUES_IN_SOME[rules] : VALUES_ELSEWHERE[rules]
  const type = shared ?? VALUES_IN_ALL[rules] ?? placed ?? base
  return traits.is_70b && (type === 'Q3_K' || type === 'Q4_K') ? 'Q5_K' : type
}

function queryType(tensor: PublisherCase): TensorTypeName {
  if (!usesMoreBits(tensor)) return tensor.base
  return tensor.rules === 'Q6_K' || tensor.rules === 'Q8_0' ? 'Q8_0' : 'Q6_K'
}

function attentionType(tensor: PublisherCase): TensorTypeName | undefined {
  const { kind, rules, base } = tensor
  switch (kind) {
    case 'attn_v':
    case 'attn_kv_b':
      return valueType(tensor)
    case 'attn_q':
      return queryType(tensor)
    case 'attn_k':
      return hasExperts(tensor) ? 'Q8_0' : (KEYS[rules] ?? base)
    case 'attn_output':
      return (hasExperts(tensor) ? OUTPUT_WITH_EXPERTS : OUTPUT)[rules] ?? base
    case 'attn_qkv':
      return FUSED[rules] ?? base
    case 'attn_kv_a_mqa':
      return 'Q8_0'
    case 'attn_k_b':
    case 'attn_v_b':
    case 'attn_q_a':
      return LATENT[rules] ?? base
    case 'attn_q_b':
      return LATENT_QUERY[rules] ?? base
    default:
      return undefined
  }
}

/**
 * Types that bartowski's own quantizer gives, from spring 2026 on.
 *
 * Source: llama_tensor_get_type_impl in src/llama-quant.cpp of https://github.com/ggml-org/llama.cpp/pull/12727 at
 * 0af41bf.
 */
export const bartowski2026: PublisherRules = (tensor) => {
  const { kind, rules, base } = tensor
  if (kind === 'ssm_ba') return 'F32'
  if (isLowBit(tensor)) return bartowski2026LowBit(tensor)
  switch (kind) {
    case 'ssm_out':
      return usesMoreBits(tensor) ? 'Q8_0' : base
    case 'ffn_down_shexp':
    case 'ffn_gate_shexp':
    case 'ffn_up_shexp':
      return usesMoreBits(tensor) ? 'Q8_0' : (SHARED_EXPERTS[rules] ?? base)
    case 'ffn_down_exps':
      return usesMoreBits(tensor) ? (RAISED_EXPERTS[rules] ?? base) : base
    case 'ffn_gate_exps':
    case 'ffn_up_exps':
      return base
    default:
      return attentionType(tensor)
  }
}
