import type { Architecture, BuildRow } from '../../generated/types.js'
import { MIB } from '../units.js'
import { knownWeights, type KnownWeights } from './known-weights.js'
import type { ModelMemory } from './types.js'
import { weightLayoutFromMix, weightLayoutOfFile } from './weights/index.js'

/** What of a catalog build decides its memory. */
export type BuildSize = Pick<BuildRow, 'quantization' | 'bytes' | 'bytes_basis'>

/** Sizes that a source shows are rounded to a tenth of a GiB or GB. */
const ROUNDING_BYTES = 64 * MIB

const cache = new WeakMap<BuildSize, ModelMemory>()

/**
 * The estimator's input for a catalog build: the recipe that explains the published size, or that size shared
 * out over the tensors where none does (dynamic quantizations). Kept for as long as the build's row lives.
 */
export function memoryOfBuild(architecture: Architecture, build: BuildSize): ModelMemory {
  let memory = cache.get(build)
  if (!memory) {
    memory = new BuildMemory(architecture, build)
    cache.set(build, memory)
  }
  return memory
}

/** The tensors are laid out when asked for: a build that is whole on one device needs their sums only. */
class BuildMemory implements ModelMemory {
  readonly architecture: Architecture
  readonly #build: BuildSize
  #weights: ModelMemory['weights'] | null = null

  constructor(architecture: Architecture, build: BuildSize) {
    this.architecture = architecture
    this.#build = build
  }

  get weights(): ModelMemory['weights'] {
    this.#weights ??= weightsOfBuild(this.architecture, this.#build)
    return this.#weights
  }

  get whole(): KnownWeights | undefined {
    return knownWeights(this.architecture, this.#build)
  }
}

/** A build's tensors laid out; the rest of the estimator asks `memoryOfBuild`. */
export function weightsOfBuild(architecture: Architecture, build: BuildSize): ModelMemory['weights'] {
  const { quantization, bytes, bytes_basis } = build
  const mix = bytes_basis === 'computed' ? weightLayoutFromMix(architecture, quantization) : null
  const rounding_bytes = bytes_basis === 'exact' ? 0 : ROUNDING_BYTES
  return mix ?? weightLayoutOfFile(architecture, quantization, { bytes, rounding_bytes })
}
