import type { RuleCase, Verdict } from './rules.js'

/** ffn_down: the most sensitive of the three, most of all in the first layers. */
export function downType({ mix, position, traits }: RuleCase): Verdict {
  const { first_sixteenth, first_eighth, more_bits } = position
  switch (mix.rules) {
    case 'Q2_K':
      return 'Q3_K'
    case 'Q2_K_S':
      return first_eighth ? 'Q4_K' : null
    case 'IQ3_XXS':
      return mix.imatrix ? null : first_eighth ? 'Q4_K' : 'Q3_K'
    case 'Q3_K_M':
      return first_sixteenth ? 'Q5_K' : 'Q4_K'
    case 'IQ3_M':
      return first_eighth || (traits.expert_count === 8 && more_bits) ? 'Q4_K' : null
    case 'Q3_K_L':
      return 'Q5_K'
    case 'Q4_K_M':
    case 'Q5_K_M':
      return more_bits ? 'Q6_K' : null
    case 'IQ4_NL':
    case 'IQ4_XS':
      return first_eighth && !mix.imatrix ? 'Q5_K' : null
    case 'Q4_K_S':
      return first_eighth ? 'Q5_K' : null
    case 'Q4_0':
      return first_eighth && mix.imatrix ? 'Q4_1' : null
    case 'Q5_0':
      return first_eighth && mix.imatrix ? 'Q5_1' : null
    default:
      return null
  }
}

/** ffn_gate and ffn_up give bits up in the middle layers of one mix. */
export function gateOrUpType({ mix, position }: RuleCase): Verdict {
  const middle = !position.first_eighth && !position.last_eighth
  return mix.rules === 'IQ3_XS' && middle ? 'IQ3_XXS' : null
}
