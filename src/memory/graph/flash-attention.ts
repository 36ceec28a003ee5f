import type { BlockShape, ModelShape } from '../model-shape.js'
import type { KvType } from '../types.js'

/** Head lengths with a CUDA kernel where keys and values are as long. */
const LENGTHS = new Set([40, 64, 72, 80, 96, 112, 128, 256])

/** Types of the cache as it lies in memory; keys alone where values are compressed into them. */
export interface CacheTypes {
  kv_type_k: KvType
  kv_type_v: KvType
}

/**
 * Whether CUDA has a flash-attention kernel for a block and its cache (ggml_cuda_get_best_fattn_kernel in
 * ggml-cuda/fattn.cu, llama.cpp v0.5.0).
 */
export function hasFlashKernel(shape: ModelShape, block: BlockShape, types: CacheTypes): boolean {
  return readsCacheTypes(shape, types) && hasKernelForHeads(shape, block)
}

/** Of the types of a cache the kernels read all but IQ4_NL (ggml_cuda_fattn_kv_type_supported). */
export function readsCacheTypes(shape: ModelShape, types: CacheTypes): boolean {
  const values = shape.latent ? types.kv_type_k : types.kv_type_v
  return types.kv_type_k !== 'iq4_nl' && values !== 'iq4_nl'
}

export function hasKernelForHeads(shape: ModelShape, block: BlockShape): boolean {
  const key = block.key_length
  const value = shape.latent ? latentValueLength(shape) : block.value_length
  const heads = block.head_count_kv
  if (heads === 0) return true
  const ratio = block.head_count / heads
  if (LENGTHS.has(key)) return key === value
  if (ratio < 2) return false
  if (key === 192) return value === 128 && ratio % 8 === 0
  if (key === 320) return value === 256 && ratio % 32 === 0
  if (key === 512) return value === 512
  return key === 576 && value === 512
}

/** Elements of the latent that serve as values where keys and values are compressed. */
export function latentValueLength(shape: ModelShape): number {
  return shape.architecture.kv_lora_rank ?? 0
}
