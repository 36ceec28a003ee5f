import { TENSOR_TYPES } from '../tensor-types.js'
import type { RuleCase, Verdict } from './rules.js'

const FIVE_BIT_OUTPUT = new Set(['IQ1_S', 'IQ1_M', 'IQ2_XXS', 'IQ2_XS', 'IQ2_S', 'IQ2_M', 'IQ3_XXS'])

/** The output layer, or the embeddings that serve as one. */
export function outputType({ mix, shape }: RuleCase): Verdict {
  if (mix.rules === 'MXFP4_MOE') return 'Q8_0'
  if ((shape[0] ?? 1) % TENSOR_TYPES[mix.base].block_weights !== 0) return 'Q8_0'
  if (FIVE_BIT_OUTPUT.has(mix.rules)) return 'Q5_K'
  return mix.base === 'Q8_0' ? null : 'Q6_K'
}

const EMBEDDING_TYPES: Readonly<Record<string, Verdict>> = {
  IQ1_S: 'Q2_K',
  IQ1_M: 'Q2_K',
  IQ2_XXS: 'Q2_K',
  IQ2_XS: 'Q2_K',
  IQ2_S: 'IQ3_S',
  IQ2_M: 'IQ3_S',
  IQ3_XXS: 'IQ3_S',
  TQ1_0: 'Q4_K',
  TQ2_0: 'Q4_K',
  Q2_0: 'Q4_K',
  MXFP4_MOE: 'Q8_0',
}

/** Embeddings beside an output layer of their own. */
export const embeddingType = ({ mix }: RuleCase): Verdict => EMBEDDING_TYPES[mix.rules] ?? null
