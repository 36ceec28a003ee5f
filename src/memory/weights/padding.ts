import { TENSOR_TYPES, type TensorTypeName } from '../tensor-types.js'

/** CUDA kernels read rows of quantized tensors in steps of this many elements (MATRIX_ROW_PADDING). */
const ROW_STEP = 512
/** Alignment of tensors in a CUDA buffer and in host memory, in bytes. */
const CUDA_ALIGNMENT = 128
const HOST_ALIGNMENT = 32

const UNQUANTIZED: ReadonlySet<TensorTypeName> = new Set([
  'F32',
  'F16',
  'BF16',
  'F64',
  'I8',
  'I16',
  'I32',
  'I64',
])

const alignmentGap = (bytes: number, alignment: number): number =>
  (alignment - (bytes % alignment)) % alignment

/** Bytes that host memory adds to a tensor. */
export const hostPadding = (bytes: number): number => alignmentGap(bytes, HOST_ALIGNMENT)

/**
 * Bytes that a CUDA buffer adds to a tensor: the rest of its last row up to 512 elements, then alignment.
 *
 * Source: ggml_backend_cuda_buffer_type_get_alloc_size in ggml/src/ggml-cuda/ggml-cuda.cu, llama.cpp v0.5.0.
 *
 * @param row - Elements of a row.
 * @example cudaPadding('Q5_0', 896, 88_704) // 88 elements of Q5_0 short of 1,024, then alignment
 */
export function cudaPadding(type: TensorTypeName, row: number, bytes: number): number {
  const { block_weights, block_bytes } = TENSOR_TYPES[type]
  const missing = UNQUANTIZED.has(type) ? 0 : (ROW_STEP - (row % ROW_STEP)) % ROW_STEP
  const rest = (missing / block_weights) * block_bytes
  return rest + alignmentGap(bytes + rest, CUDA_ALIGNMENT)
}
