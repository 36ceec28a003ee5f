import { estimateCache, type CacheSide } from './cache.js'
import { normalizeLoad, splitOf, type NormalizedLoad } from './load.js'
import { prepareModel, type ModelShape } from './model-shape.js'
import type { LoadOptions, ModelMemory } from './types.js'
import { placeWeights } from './weights/index.js'

/** How a model is split between a GPU and the processor; the names are llama-server's. */
export interface Split {
  gpu_layers: number | 'all'
  cpu_moe_layers: number
}

/** Weights and cache of a model under one load, split in any way, in bytes; all but the compute buffers. */
export class SplitSums {
  readonly #model: ModelMemory
  readonly #shape: ModelShape
  readonly #load: NormalizedLoad

  constructor(model: ModelMemory, load: LoadOptions) {
    this.#model = model
    this.#shape = prepareModel(model.architecture)
    this.#load = normalizeLoad(this.#shape, load)
  }

  onGpu(split: Split): number {
    const { weights, cache } = this.#at(split)
    return weights.gpu_bytes + sumOf(cache.gpu)
  }

  onHost(split: Split): number {
    const { weights, cache } = this.#at(split)
    return weights.host_bytes + sumOf(cache.host)
  }

  #at(split: Split) {
    const load = { ...this.#load, ...splitOf(this.#shape, split) }
    return {
      weights: placeWeights(this.#model.architecture, this.#model.weights, load),
      cache: estimateCache(this.#shape, load),
    }
  }
}

function sumOf({ kv_cache_bytes, recurrent_state_bytes, padding_bytes }: CacheSide): number {
  return kv_cache_bytes + recurrent_state_bytes + padding_bytes
}
