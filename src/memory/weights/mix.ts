import type { TensorTypeName } from '../tensor-types.js'

/** A recipe of llama-quantize: a base type and the rules that raise or lower single tensors. */
export interface Mix {
  /** Name of llama.cpp's file type, whose rules apply. */
  rules: string
  /** Type of a tensor that no rule names. */
  base: TensorTypeName
  /** Embeddings and output in this type instead (`--token-embedding-type`, `--output-tensor-type`). */
  embeddings?: TensorTypeName
  /** Whether the file was quantized with an importance matrix, which changes some rules. */
  imatrix: boolean
}

/**
 * llama.cpp's file types and their base types.
 *
 * Source: llama_ftype_get_default_type in src/llama-quant.cpp, llama.cpp v0.5.0.
 */
const BASE_TYPES: Readonly<Record<string, TensorTypeName>> = {
  F32: 'F32',
  F16: 'F16',
  BF16: 'BF16',
  Q1_0: 'Q1_0',
  Q2_0: 'Q2_0',
  Q4_0: 'Q4_0',
  Q4_1: 'Q4_1',
  Q5_0: 'Q5_0',
  Q5_1: 'Q5_1',
  Q8_0: 'Q8_0',
  Q2_K: 'Q2_K',
  Q2_K_S: 'Q2_K',
  Q3_K_S: 'Q3_K',
  Q3_K_M: 'Q3_K',
  Q3_K_L: 'Q3_K',
  Q4_K_S: 'Q4_K',
  Q4_K_M: 'Q4_K',
  Q5_K_S: 'Q5_K',
  Q5_K_M: 'Q5_K',
  Q6_K: 'Q6_K',
  IQ1_S: 'IQ1_S',
  IQ1_M: 'IQ1_M',
  IQ2_XXS: 'IQ2_XXS',
  IQ2_XS: 'IQ2_XS',
  IQ2_S: 'IQ2_XS',
  IQ2_M: 'IQ2_S',
  IQ3_XXS: 'IQ3_XXS',
  IQ3_XS: 'IQ3_S',
  IQ3_S: 'IQ3_S',
  IQ3_M: 'IQ3_S',
  IQ4_XS: 'IQ4_XS',
  IQ4_NL: 'IQ4_NL',
  TQ1_0: 'TQ1_0',
  TQ2_0: 'TQ2_0',
  MXFP4_MOE: 'MXFP4',
}

/** Labels that mean another file type: llama-quantize's short forms, and MXFP4 as files are named. */
const SYNONYMS: Readonly<Record<string, string>> = {
  Q3_K: 'Q3_K_M',
  Q4_K: 'Q4_K_M',
  Q5_K: 'Q5_K_M',
  MXFP4: 'MXFP4_MOE',
  FP16: 'F16',
  FP32: 'F32',
}

/** bartowski's labels: the named mix with embeddings and output in Q8_0 (from his model cards). */
const LARGE_EMBEDDINGS: Readonly<Record<string, string>> = {
  Q2_K_L: 'Q2_K',
  Q3_K_XL: 'Q3_K_L',
  Q4_K_L: 'Q4_K_M',
  Q5_K_L: 'Q5_K_M',
  Q6_K_L: 'Q6_K',
}

/** Labels that in practice are made with an importance matrix; llama-quantize demands one for most of them. */
const usesImatrix = (rules: string): boolean => rules.startsWith('IQ') || rules === 'Q2_K_S'

/**
 * The recipe behind a quantization label; `null` where the label alone does not give it (`UD-Q4_K_XL` and other
 * publishers' own mixes).
 *
 * @param imatrix - Overrides what the label suggests: with one, Q4_0 and Q5_0 raise the first ffn_down tensors.
 */
export function parseMix(label: string, imatrix?: boolean): Mix | null {
  const name = SYNONYMS[label] ?? label
  const rules = LARGE_EMBEDDINGS[name] ?? name
  const base = BASE_TYPES[rules]
  if (base === undefined) return null
  const mix = { rules, base, imatrix: imatrix ?? usesImatrix(rules) }
  return rules === name ? mix : { ...mix, embeddings: 'Q8_0' }
}
