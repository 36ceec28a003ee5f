import { flashAttentionOf } from './flash-choice.js'
import { isQuantizedKv } from './kv-types.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'
import type { KvType, LoadOptions } from './types.js'

/** Slots that are worked out ahead; more than one both with caches of their own and with one for all. */
const SLOTS = 4
/** F16 or quantized, for K and for V: which quantized type it is changes no buffer, but for IQ4_NL. */
const CACHES = 4
/** The batch for which they are, llama.cpp's default. */
const UBATCH = 512

/** Settings (all of a load but its context) whose buffers generation works out for every model. */
export const SETTING_COUNT = (2 * SLOTS - 1) * CACHES

/** The load of a setting but for its context; 0 is the plain one. */
export function settingAt(index: number): Omit<LoadOptions, 'context'> {
  const slots = Math.floor(index / CACHES)
  const type = (quantized: number): KvType => (quantized ? 'q8_0' : 'f16')
  return {
    parallel: slots < SLOTS ? slots + 1 : slots + 2 - SLOTS,
    kv_unified: slots >= SLOTS,
    kv_type_k: type(index & 1),
    kv_type_v: type(index & 2),
  }
}

/** The setting from whose buffers those of another are told apart: one slot, or with one slot an F16 cache. */
export function settingBefore(index: number): number | null {
  if (index >= CACHES) return index % CACHES
  return index > 0 ? 0 : null
}

/** No kernel reads an IQ4_NL cache, so that its attention runs on the processor. */
const isWorkedOut = (type: KvType): boolean => type === 'f16' || (isQuantizedKv(type) && type !== 'iq4_nl')

/** Number of a load's setting; `null` for one that is not worked out ahead. Everything is on the GPU. */
export function settingOf(shape: ModelShape, load: NormalizedLoad): number | null {
  const { parallel, kv_type_k: k, kv_type_v: v } = load
  if (parallel > SLOTS || load.ubatch !== UBATCH || load.output_rows !== parallel) return null
  if (load.tokens !== Math.ceil(UBATCH / parallel) * parallel || load.transposed_values) return null
  if (!isWorkedOut(k) || !isWorkedOut(v)) return null
  if (load.flash_attention !== flashAttentionOf(shape, { ...load, flash_attention: true })) return null
  // Without flash attention compressed keys are copied as they are, so that their type counts.
  if (!load.flash_attention && shape.latent && k !== 'f16') return null
  const slots = load.streams > 1 || parallel === 1 ? parallel - 1 : SLOTS + parallel - 2
  return slots * CACHES + (isQuantizedKv(k) ? 1 : 0) + (isQuantizedKv(v) ? 2 : 0)
}
