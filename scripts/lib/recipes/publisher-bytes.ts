import type { Architecture } from '../../../generated/authored.js'
import { TENSOR_TYPES } from '../../../src/memory/tensor-types.js'
import { fittingType } from '../../../src/memory/weights/choose-type.js'
import { planBytes } from '../../../src/memory/weights/file-types.js'
import {
  estimateMetadataBytes,
  type MixOptions,
  type TypedTensor,
  typedInventory,
} from '../../../src/memory/weights/index.js'
import { parseMix } from '../../../src/memory/weights/mix.js'
import { traitsOf } from '../../../src/memory/weights/rules.js'
import type { PublisherRules } from './publisher-case.js'
import { type TensorKind, tensorKind } from './tensor-kind.js'

const isQuantized = ({ type }: TypedTensor): boolean => TENSOR_TYPES[type].block_weights > 1

/** Tensors that the rules count: embeddings and output stay as llama.cpp has them. */
const isCounted = (tensor: TypedTensor): boolean => tensor.name.startsWith('blk.') && isQuantized(tensor)

function countKinds(tensors: readonly TypedTensor[]): Map<TensorKind, number> {
  const counts = new Map<TensorKind, number>()
  for (const { name } of tensors) {
    const kind = tensorKind(name)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

/**
 * Bytes of a file that a publisher made with rules of its own where llama.cpp's do not apply; undefined where the
 * label has no recipe or is not quantized by rules.
 *
 * @param options - The publisher's rules, and how the rest of the file was made.
 *
 * @example Qwen3 30B-A3B in Q3_K_L by bartowski's branch of 2025: 14,583,002,114 bytes, where llama.cpp gives 15.9 GB.
 */
export function publisherBytes(
  architecture: Architecture,
  label: string,
  { rules, ...options }: MixOptions & { rules: PublisherRules },
): number | undefined {
  const mix = parseMix(label, options)
  const tensors = typedInventory(architecture, label, options)
  if (!mix || !tensors || mix.rules === 'MXFP4_MOE' || TENSOR_TYPES[mix.base].block_weights === 1)
    return undefined
  const traits = traitsOf(architecture)
  const counts = countKinds(tensors.filter(isCounted))
  const seen = new Map<TensorKind, number>()
  let bytes = estimateMetadataBytes(architecture)
  for (const tensor of tensors) {
    if (!isCounted(tensor)) bytes += planBytes(tensor.shape, tensor.type)
    else {
      const kind = tensorKind(tensor.name)
      const index = seen.get(kind) ?? 0
      seen.set(kind, index + 1)
      const count = counts.get(kind) ?? 0
      const type = rules({ rules: mix.rules, base: mix.base, kind, index, count, traits }) ?? tensor.type
      bytes += planBytes(tensor.shape, fittingType(type, tensor.shape[0] ?? 1))
    }
  }
  return Math.round(bytes)
}
