/** A tensor of a model: its name as in a GGUF file and its shape, fastest dimension first. */
export interface Tensor {
  name: string
  shape: readonly number[]
}

/** Types that a conversion to F16 leaves a tensor in; all others become F16, BF16 or the quantization's. */
export type ConvertedType = 'F32' | 'MXFP4'

/** A tensor as the converter writes it; within a block the name has no `blk.N.`. */
export interface ConvertedTensor extends Tensor {
  /** Present where the converter fixes the type whatever it was asked for. */
  converted?: ConvertedType
}

/** A matrix or a stack of them: kept in F16 by a conversion, quantized where llama.cpp's rules allow it. */
export const matrix = (name: string, ...shape: number[]): ConvertedTensor => ({
  name: `${name}.weight`,
  shape,
})

/** A norm, scale or other tensor that stays in F32. */
export const vector = (name: string, ...shape: number[]): ConvertedTensor => ({
  name,
  shape,
  converted: 'F32',
})

/** Weight of a norm over `length` elements. */
export const norm = (name: string, ...shape: number[]): ConvertedTensor => vector(`${name}.weight`, ...shape)

export const bias = (name: string, ...shape: number[]): ConvertedTensor => vector(`${name}.bias`, ...shape)
