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
  /**
   * Rules of llama.cpp before 2026: per-layer embeddings do not follow tied embeddings, and fused projections have
   * rules of their own in place of the values'.
   */
  older: boolean
}

/** How a file was made, beyond what its label says. */
export interface MixOptions {
  /** With an importance matrix; default: as usual for the label. */
  imatrix?: boolean
  /** By llama.cpp before 2026; default: v0.5.0. */
  older?: boolean
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

/** Entry of a table, not of Object. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** Labels that in practice are made with an importance matrix; llama-quantize demands one for most of them. */
const usesImatrix = (rules: string): boolean => rules.startsWith('IQ') || rules === 'Q2_K_S'

/**
 * The recipe behind a quantization label; `null` where the label alone does not give it (`UD-Q4_K_XL` and other
 * publishers' own mixes).
 *
 * @param options - With an importance matrix Q4_0 and Q5_0 raise the first ffn_down tensors, for example.
 */
export function parseMix(label: string, options: MixOptions = {}): Mix | null {
  const name = own(SYNONYMS, label) ?? label
  const rules = own(LARGE_EMBEDDINGS, name) ?? name
  const base = own(BASE_TYPES, rules)
  if (base === undefined) return null
  const { imatrix = usesImatrix(rules), older = false } = options
  const mix = { rules, base, imatrix, older }
  return rules === name ? mix : { ...mix, embeddings: 'Q8_0' }
}
