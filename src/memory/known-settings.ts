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

/** From here on settings are those of a machine without a GPU, with one slot. */
const FIRST_ON_HOST = (2 * SLOTS - 1) * CACHES
/** Settings (all of a load but its context) whose buffers generation works out for every model. */
export const SETTING_COUNT = FIRST_ON_HOST + CACHES

/** Whether a setting is one of a machine without a GPU. */
export function isHostSetting(index: number): boolean {
  return index >= FIRST_ON_HOST
}

/** The load of a setting but for its context; 0 is the plain one. */
export function settingAt(index: number): Omit<LoadOptions, 'context'> {
  const slots = isHostSetting(index) ? 0 : Math.floor(index / CACHES)
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
  if (isHostSetting(index)) return index > FIRST_ON_HOST ? FIRST_ON_HOST : null
  if (index >= CACHES) return index % CACHES
  return index > 0 ? 0 : null
}

/** No kernel reads an IQ4_NL cache, so that its attention runs on the processor. */
const isWorkedOut = (type: KvType): boolean => type === 'f16' || (isQuantizedKv(type) && type !== 'iq4_nl')

/** Number of a load's setting; `null` for one that is not worked out ahead. Everything is on the GPU. */
export function settingOf(shape: ModelShape, load: NormalizedLoad): number | null {
  const { parallel, kv_type_k: k } = load
  if (parallel > SLOTS || !isPlain(load)) return null
  if (load.flash_attention !== flashAttentionOf(shape, { ...load, flash_attention: true })) return null
  // Without flash attention compressed keys are copied as they are, so that their type counts.
  if (!load.flash_attention && shape.latent && k !== 'f16') return null
  const slots = load.streams > 1 || parallel === 1 ? parallel - 1 : SLOTS + parallel - 2
  return slots * CACHES + cacheOf(load)
}

/** The same for a machine without a GPU, where flash attention has a kernel for any heads. */
export function hostSettingOf(load: NormalizedLoad): number | null {
  return load.parallel === 1 && load.flash_attention && isPlain(load) ? FIRST_ON_HOST + cacheOf(load) : null
}

/** Default batches, one row of logits a slot, cache types that are worked out. */
function isPlain(load: NormalizedLoad): boolean {
  const { parallel, ubatch, output_rows, tokens, transposed_values } = load
  if (ubatch !== UBATCH || output_rows !== parallel || transposed_values) return false
  if (tokens !== Math.ceil(UBATCH / parallel) * parallel) return false
  return isWorkedOut(load.kv_type_k) && isWorkedOut(load.kv_type_v)
}

function cacheOf({ kv_type_k, kv_type_v }: NormalizedLoad): number {
  return (isQuantizedKv(kv_type_k) ? 1 : 0) + (isQuantizedKv(kv_type_v) ? 2 : 0)
}
