import type { Architecture } from '../../generated/types.js'
import type { ModelMemory } from './types.js'
import { estimateMetadataBytes, weightLayoutFromMix, weightLayoutScaled } from './weights/index.js'

/** What of a catalog build decides its memory. */
export interface BuildSize {
  quantization: string
  bytes: number
  bytes_basis: 'exact' | 'shown' | 'computed'
}

/** A published file may differ by this much from llama.cpp's own mix before its size wins. */
const MIX_TOLERANCE = 0.005

const cache = new WeakMap<BuildSize, ModelMemory>()

/**
 * The estimator's input for a catalog build: the tensors that llama.cpp's own mix gives, or, where the
 * published file is known to differ (dynamic quantizations, importance-matrix mixes), the file's size
 * shared out over them.
 */
export function memoryOfBuild(architecture: Architecture, build: BuildSize): ModelMemory {
  let memory = cache.get(build)
  if (!memory) {
    memory = { architecture, weights: weightsOfBuild(architecture, build) }
    cache.set(build, memory)
  }
  return memory
}

function weightsOfBuild(architecture: Architecture, build: BuildSize) {
  const mix = weightLayoutFromMix(architecture, build.quantization)
  if (mix && (build.bytes_basis !== 'exact' || agrees(architecture, mix, build.bytes))) return mix
  return weightLayoutScaled(architecture, build.quantization, build.bytes)
}

function agrees(architecture: Architecture, mix: ModelMemory['weights'], bytes: number): boolean {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const tensors =
    mix.token_embd_bytes +
    mix.per_layer_token_embd_bytes +
    mix.output_bytes +
    mix.other_bytes +
    sum(mix.block_bytes) +
    mix.unloaded_bytes
  const expected = tensors + estimateMetadataBytes(architecture)
  return Math.abs(expected - bytes) <= MIX_TOLERANCE * bytes
}
