import type { TensorTypeName } from '../tensor-types.js'
import type { Role } from './role.js'
import type { RuleCase, Verdict } from './rules.js'

function byMix({ mix, position, traits }: RuleCase): Verdict {
  const shared = traits.gqa >= 4
  switch (mix.rules) {
    case 'Q2_K':
      return shared ? 'Q4_K' : 'Q3_K'
    case 'Q2_K_S':
    case 'IQ3_XS':
    case 'IQ3_S':
      return shared ? 'Q4_K' : null
    case 'IQ3_XXS':
      return shared ? 'Q4_K' : mix.imatrix ? null : 'IQ3_S'
    case 'IQ3_M':
      return 'Q4_K'
    case 'Q3_K_M':
      return position.values < 2 ? 'Q5_K' : 'Q4_K'
    case 'Q3_K_L':
      return 'Q5_K'
    case 'IQ4_NL':
    case 'IQ4_XS':
      return shared ? 'Q5_K' : null
    case 'Q4_K_M':
    case 'Q5_K_M':
      return position.values_more_bits ? 'Q6_K' : null
    case 'Q4_K_S':
      return position.values < 4 ? 'Q5_K' : null
    default:
      return null
  }
}

/** Values and fused projections: small where many heads share them, so more bits cost little. */
export function valueType(ruleCase: RuleCase): Verdict {
  const { mix, traits } = ruleCase
  // Eight-expert models (Mixtral) keep their few attention tensors almost whole.
  if (traits.expert_count === 8) return 'Q8_0'
  const type = byMix(ruleCase) ?? mix.base
  return traits.is_70b && (type === 'Q3_K' || type === 'Q4_K') ? 'Q5_K' : type
}

/** Fused projections, which before 2026 did not count as values. */
export const FUSED_VALUES: ReadonlySet<Role> = new Set<Role>(['attn_qkv', 'attn_kv_b'])

const OLDER_FUSED: Readonly<Record<string, TensorTypeName>> = {
  Q3_K_M: 'Q4_K',
  Q3_K_L: 'Q4_K',
  IQ3_M: 'Q4_K',
  Q4_K_M: 'Q5_K',
  Q5_K_M: 'Q6_K',
}

/** Source: llama_tensor_get_type in src/llama-quant.cpp of llama.cpp in 2024 and 2025. */
export const olderFusedType = ({ mix, role }: RuleCase): Verdict =>
  role === 'attn_qkv' ? (OLDER_FUSED[mix.rules] ?? null) : null

const KEY_QUERY: Readonly<Record<string, TensorTypeName>> = { IQ3_XS: 'IQ3_XXS', IQ3_XXS: 'IQ2_S' }

export function keyType({ mix, traits }: RuleCase): Verdict {
  return traits.expert_count === 8 ? 'Q8_0' : (KEY_QUERY[mix.rules] ?? null)
}

export const queryType = ({ mix }: RuleCase): Verdict => KEY_QUERY[mix.rules] ?? null

const EIGHT_EXPERT_OUTPUT = new Set([
  'Q2_K',
  'IQ3_XS',
  'IQ3_XXS',
  'Q3_K_S',
  'Q3_K_M',
  'IQ4_NL',
  'Q4_K_S',
  'Q4_K_M',
  'IQ3_S',
  'IQ3_M',
  'IQ4_XS',
])

const ATTENTION_OUTPUT: Readonly<Record<string, TensorTypeName>> = {
  Q2_K: 'Q3_K',
  IQ3_XXS: 'IQ3_S',
  Q3_K_M: 'Q4_K',
  Q3_K_L: 'Q5_K',
  IQ3_M: 'Q4_K',
}

export function attentionOutputType({ mix, traits }: RuleCase): Verdict {
  if (traits.expert_count === 8) return EIGHT_EXPERT_OUTPUT.has(mix.rules) ? 'Q5_K' : null
  return ATTENTION_OUTPUT[mix.rules] ?? null
}
