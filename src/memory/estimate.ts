import { assumptionsOf } from './assumptions.js'
import { estimateCache, type CacheSide } from './cache.js'
import { estimateCompute, type Detail } from './compute.js'
import { flashAttentionOf } from './flash-choice.js'
import { hostWeightBytesOf } from './host-weights.js'
import { boundFactor } from './graph-bound.js'
import { normalizeLoad, type NormalizedLoad } from './load.js'
import { prepareModel, type ModelShape } from './model-shape.js'
import { isAllOnGpu } from './representative-blocks.js'
import { NO_HOST_WEIGHTS, type HostWeights } from './simulate-compute.js'
import type { LoadOptions, MemoryEstimate, MemorySide, ModelMemory } from './types.js'
import { placeWeights } from './weights/index.js'

/** The version of llama.cpp whose rules these are. */
export const LLAMA_CPP_VERSION = 'v0.5.0'

/**
 * What llama.cpp allocates for a model under a load, on one GPU and in host memory, in bytes.
 *
 * Leaves out what is not llama.cpp's: the device context (`overhead.ts`), the desktop, vision projectors.
 *
 * @param detail - How much of the graph is built where a part of the model is on the host; see `Detail`.
 *
 * The result is shared between calls and must not be changed.
 *
 * @throws {AlmanacError} `BAD_USAGE` for a load that llama.cpp refuses or a number out of range.
 *
 * @example Llama 3.2 1B in Q4_K_M at 8,192 tokens: 799,862,912 bytes of weights, 268,435,456 of cache and
 * 71,313,536 of compute buffer on the GPU, 1,139,611,904 in all.
 *
 * Source: llama.cpp v0.5.0; `npm run accuracy` prints the deviation from what it reports itself.
 */
export function estimateMemory(
  model: ModelMemory,
  load: LoadOptions,
  detail: Detail = 'every_block',
): MemoryEstimate {
  const shape = prepareModel(model.architecture)
  const asked = normalizeLoad(shape, load)
  if (isAllOnGpu(asked)) return computeEstimate(model, { shape, asked, detail })
  const key = `${keyOf(load)},${detail}`
  const results = keptOf(model)
  const known = results.get(key)
  if (known) return known
  const estimate = computeEstimate(model, { shape, asked, detail })
  if (results.size >= MAX_KEPT) results.clear()
  results.set(key, estimate)
  return estimate
}

/** Estimates of splits that are kept for one build; a page or a search for a split asks for a few dozen. */
const MAX_KEPT = 64

const kept = new WeakMap<ModelMemory, Map<string, MemoryEstimate>>()

function keptOf(model: ModelMemory): Map<string, MemoryEstimate> {
  const known = kept.get(model)
  if (known) return known
  const results = new Map<string, MemoryEstimate>()
  kept.set(model, results)
  return results
}

function keyOf(load: LoadOptions): string {
  const { context, parallel, kv_unified, ubatch, batch, kv_type_k, kv_type_v } = load
  const { flash_attention, gpu_layers, cpu_moe_layers, logits } = load
  const batches = `${context},${parallel},${kv_unified},${ubatch},${batch},${logits}`
  return `${batches},${kv_type_k},${kv_type_v},${flash_attention},${gpu_layers},${cpu_moe_layers}`
}

interface Question {
  shape: ModelShape
  asked: NormalizedLoad
  detail: Detail
}

function computeEstimate(model: ModelMemory, { shape, asked, detail }: Question): MemoryEstimate {
  const flash_attention = flashAttentionOf(shape, asked)
  const used = flash_attention === asked.flash_attention ? asked : { ...asked, flash_attention }
  const onGpu = isAllOnGpu(used)
  const whole = onGpu ? model.whole : undefined
  const weights = whole ?? placeWeights(model.architecture, model.weights, used)
  const cache = estimateCache(shape, used)
  const compute = estimateCompute(shape, used, onGpu ? NO_HOST_WEIGHTS : hostWeightsOf(model, detail))
  const factor = boundFactor(shape)
  return {
    architecture: shape.name,
    context: asked.context,
    parallel: asked.parallel,
    ubatch: asked.ubatch,
    kv_type_k: asked.kv_type_k,
    kv_type_v: asked.kv_type_v,
    flash_attention,
    gpu_layers: asked.gpu_layers,
    gpu: sideOf(weights.gpu_bytes, cache.gpu, compute.gpu_bytes * factor),
    host: sideOf(weights.host_bytes, cache.host, compute.host_bytes * factor),
    basis: {
      llama_cpp: LLAMA_CPP_VERSION,
      assumptions: assumptionsOf(shape, used, whole ? whole.scaled : model.weights.basis === 'scaled'),
    },
  }
}

const hostWeights = {
  every_block: new WeakMap<ModelMemory, HostWeights>(),
  representative: new WeakMap<ModelMemory, HostWeights>(),
}

function hostWeightsOf(model: ModelMemory, detail: Detail): HostWeights {
  const known = hostWeights[detail].get(model)
  if (known) return known
  const { architecture, weights } = model
  const made = {
    bytesOf: hostWeightBytesOf(architecture, weights),
    block_bytes: detail === 'every_block' ? null : weights.block_bytes,
    rope_factors: weights.rope_factors !== undefined,
  }
  hostWeights[detail].set(model, made)
  return made
}

function sideOf(weights_bytes: number, cache: CacheSide, compute_bytes: number): MemorySide {
  const { kv_cache_bytes, recurrent_state_bytes, padding_bytes } = cache
  return {
    weights_bytes,
    kv_cache_bytes,
    recurrent_state_bytes,
    compute_bytes,
    total_bytes: weights_bytes + kv_cache_bytes + recurrent_state_bytes + padding_bytes + compute_bytes,
  }
}
