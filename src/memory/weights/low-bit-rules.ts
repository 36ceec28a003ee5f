import { holdsValues } from './role.js'
import type { RuleCase, Verdict } from './rules.js'

/** Mixes below three bits, which have rules of their own. */
const LOW_BIT = new Set(['IQ1_S', 'IQ1_M', 'IQ2_XXS', 'IQ2_XS', 'IQ2_S', 'IQ2_M'])

export const isLowBit = (rules: string): boolean => LOW_BIT.has(rules)

/** Unlike the other rules, these count ffn_down tensors one by one even where experts share a block. */
export function lowBitType(ruleCase: RuleCase): Verdict {
  const { mix, role, position, traits } = ruleCase
  const larger = mix.rules === 'IQ2_S' || mix.rules === 'IQ2_M'
  const raised = larger ? 'IQ3_S' : 'Q2_K'
  if (holdsValues(role)) return traits.gqa >= 4 || traits.expert_count >= 4 ? 'Q4_K' : raised
  if (role === 'attn_k') return traits.expert_count === 8 ? 'Q4_K' : null
  if (role === 'ffn_down') return ruleCase.down_offset < position.early_downs ? raised : null
  if (role !== 'attn_output') return null
  if (traits.expert_count === 8) return 'Q5_K'
  if (mix.rules === 'IQ1_S' || mix.rules === 'IQ1_M') return 'IQ2_XXS'
  return larger ? 'IQ3_S' : null
}
