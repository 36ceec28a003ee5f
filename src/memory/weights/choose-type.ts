import { TENSOR_TYPES, type TensorTypeName } from '../tensor-types.js'
import {
  attentionOutputType,
  FUSED_VALUES,
  keyType,
  olderFusedType,
  queryType,
  valueType,
} from './attention-rules.js'
import { embeddingType, outputType } from './embedding-rules.js'
import { downType, gateOrUpType } from './feed-forward-rules.js'
import { isLowBit, lowBitType } from './low-bit-rules.js'
import { type Role, holdsValues } from './role.js'
import type { RuleCase, Verdict } from './rules.js'

/** Types in blocks of 32 that stand in where a row is no multiple of 256. */
const SMALLER_BLOCKS: Partial<Record<TensorTypeName, TensorTypeName>> = {
  IQ1_S: 'IQ4_NL',
  IQ1_M: 'IQ4_NL',
  IQ2_XXS: 'IQ4_NL',
  IQ2_XS: 'IQ4_NL',
  IQ2_S: 'IQ4_NL',
  IQ3_XXS: 'IQ4_NL',
  IQ3_S: 'IQ4_NL',
  IQ4_XS: 'IQ4_NL',
  Q2_0: 'Q4_0',
  Q2_K: 'Q4_0',
  Q3_K: 'Q4_0',
  TQ1_0: 'Q4_0',
  TQ2_0: 'Q4_0',
  Q4_K: 'Q5_0',
  Q5_K: 'Q5_1',
  Q6_K: 'Q8_0',
}

const fitsRow = (type: TensorTypeName, row: number): boolean => row % TENSOR_TYPES[type].block_weights === 0

/** The type itself where it divides a row, else the one llama.cpp falls back to, at last F16. */
export function fittingType(type: TensorTypeName, row: number): TensorTypeName {
  if (fitsRow(type, row)) return type
  const smaller = SMALLER_BLOCKS[type] ?? type
  return fitsRow(smaller, row) ? smaller : 'F16'
}

const RULES: Partial<Record<Role, (ruleCase: RuleCase) => Verdict>> = {
  attn_k: keyType,
  attn_q: queryType,
  attn_output: attentionOutputType,
  ffn_down: downType,
  ffn_gate: gateOrUpType,
  ffn_up: gateOrUpType,
}

/** Tied embeddings, with which v0.5.0 lumps the per-layer embeddings together. */
const servesAsOutput = ({ role, mix, traits, per_layer }: RuleCase): boolean =>
  role === 'token_embd' && traits.tied && !(mix.older && per_layer)

function verdict(ruleCase: RuleCase): Verdict {
  const { mix, role, shape } = ruleCase
  if (role === 'output' || servesAsOutput(ruleCase)) return outputType(ruleCase)
  if (mix.rules === 'MXFP4_MOE') return (shape[2] ?? 1) > 1 ? 'MXFP4' : 'Q8_0'
  if (role === 'token_embd') return embeddingType(ruleCase)
  if (isLowBit(mix.rules)) return lowBitType(ruleCase)
  if (mix.older && FUSED_VALUES.has(role)) return olderFusedType(ruleCase)
  if (holdsValues(role)) return valueType(ruleCase)
  return RULES[role]?.(ruleCase) ?? null
}

/**
 * Type that llama-quantize gives a tensor it may quantize.
 *
 * Source: llama_tensor_get_type in src/llama-quant.cpp, llama.cpp v0.5.0.
 */
export function chooseType(ruleCase: RuleCase): TensorTypeName {
  const { mix, role, shape } = ruleCase
  if (mix.embeddings && (role === 'token_embd' || role === 'output')) return mix.embeddings
  if (TENSOR_TYPES[mix.base].block_weights === 1) return mix.base
  return fittingType(verdict(ruleCase) ?? mix.base, shape[0] ?? 1)
}
