import { boundAssumptions } from './graph-bound.js'
import { isQuantizedKv } from './kv-types.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'

/** The range: `runtimeOverhead`. True of bare bytes, which leave it out, and of a bar that has a part for it. */
const ONE_DEVICE = 'One CUDA device; its context (0.3 to 0.6 GB) is overhead, counted apart.'
const SEVERAL_DEVICES =
  'Several CUDA devices; the context of each (0.3 to 0.6 GB) is overhead, counted apart.'

/** What an estimate takes for granted and what llama.cpp would refuse, a sentence each; the devices come first. */
export function assumptionsOf(shape: ModelShape, load: NormalizedLoad, scaled: boolean): string[] {
  const lines = [ONE_DEVICE, ...boundAssumptions(shape)]
  if (scaled) lines.push("Tensor sizes are scaled to the file's size.")
  if (!load.flash_attention && !load.transposed_values) {
    lines.push('Flash attention has no kernel for these heads and turns itself off.')
  }
  if (shape.latent && load.kv_type_k !== load.kv_type_v) {
    lines.push('llama.cpp refuses different cache types for K and V with this model.')
  }
  const quantized = isQuantizedKv(load.kv_type_k) || isQuantizedKv(load.kv_type_v)
  if (quantized && shape.kinds.some(({ block }) => block.has_cache && block.key_length % 32 !== 0)) {
    lines.push('llama.cpp refuses a quantized cache for heads that are no multiple of 32 long.')
  }
  return lines
}

/** The assumptions of an estimate for one device, where its layers are shared out over several. */
export function forSeveralDevices(assumptions: readonly string[]): string[] {
  return assumptions.map((line) => (line === ONE_DEVICE ? SEVERAL_DEVICES : line))
}
