/** How a GGML tensor type stores its elements: whole blocks along a row. */
export interface TensorType {
  /** Number that stands for the type in a GGUF file. */
  id: number
  /** Elements in a block. */
  block_weights: number
  /** Bytes of a block. */
  block_bytes: number
}

const type = (id: number, block_weights: number, block_bytes: number): TensorType => ({
  id,
  block_weights,
  block_bytes,
})

/**
 * Every tensor type that llama.cpp writes or has written, by its name.
 *
 * Source: `enum ggml_type` in ggml/include/ggml.h and the block structs in ggml/src/ggml-common.h, llama.cpp v0.5.0;
 * the interleaved types (31 to 33, 36 to 38) are of 2024 files and no longer read by llama.cpp.
 */
export const TENSOR_TYPES = {
  F32: type(0, 1, 4),
  F16: type(1, 1, 2),
  Q4_0: type(2, 32, 18),
  Q4_1: type(3, 32, 20),
  Q5_0: type(6, 32, 22),
  Q5_1: type(7, 32, 24),
  Q8_0: type(8, 32, 34),
  Q8_1: type(9, 32, 36),
  Q2_K: type(10, 256, 84),
  Q3_K: type(11, 256, 110),
  Q4_K: type(12, 256, 144),
  Q5_K: type(13, 256, 176),
  Q6_K: type(14, 256, 210),
  Q8_K: type(15, 256, 292),
  IQ2_XXS: type(16, 256, 66),
  IQ2_XS: type(17, 256, 74),
  IQ3_XXS: type(18, 256, 98),
  IQ1_S: type(19, 256, 50),
  IQ4_NL: type(20, 32, 18),
  IQ3_S: type(21, 256, 110),
  IQ2_S: type(22, 256, 82),
  IQ4_XS: type(23, 256, 136),
  I8: type(24, 1, 1),
  I16: type(25, 1, 2),
  I32: type(26, 1, 4),
  I64: type(27, 1, 8),
  F64: type(28, 1, 8),
  IQ1_M: type(29, 256, 56),
  BF16: type(30, 1, 2),
  Q4_0_4_4: type(31, 32, 18),
  Q4_0_4_8: type(32, 32, 18),
  Q4_0_8_8: type(33, 32, 18),
  TQ1_0: type(34, 256, 54),
  TQ2_0: type(35, 256, 66),
  IQ4_NL_4_4: type(36, 32, 18),
  IQ4_NL_4_8: type(37, 32, 18),
  IQ4_NL_8_8: type(38, 32, 18),
  MXFP4: type(39, 32, 17),
  NVFP4: type(40, 64, 36),
  Q1_0: type(41, 128, 18),
  Q2_0: type(42, 64, 18),
} as const satisfies Record<string, TensorType>

export type TensorTypeName = keyof typeof TENSOR_TYPES

const NAMES_BY_ID = new Map(Object.entries(TENSOR_TYPES).map(([name, { id }]) => [id, name]))

export function isTensorTypeName(name: string): name is TensorTypeName {
  return Object.hasOwn(TENSOR_TYPES, name)
}

/** Name of the type that a GGUF file calls `id`, or `null` where we know none. */
export function tensorTypeName(id: number): TensorTypeName | null {
  const name = NAMES_BY_ID.get(id)
  return name !== undefined && isTensorTypeName(name) ? name : null
}

/**
 * Bytes of a tensor: rows of whole blocks, no padding behind it.
 *
 * @param shape - Elements per dimension, fastest first, as in a GGUF file.
 * @returns Bytes, or `null` where a row is no whole number of blocks (llama.cpp refuses such a tensor).
 * @example tensorBytes('Q6_K', [2048, 128256]) // 215_470_080, token_embd.weight of Llama 3.2 1B in Q4_K_M
 */
export function tensorBytes(name: TensorTypeName, shape: readonly number[]): number | null {
  const { block_weights, block_bytes } = TENSOR_TYPES[name]
  if ((shape[0] ?? 1) % block_weights !== 0) return null
  return (shape.reduce((product, length) => product * length, 1) / block_weights) * block_bytes
}
