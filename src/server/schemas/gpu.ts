import { flag, listOf, number, numberOrNull, object, text } from './words.js'

const gpu = object({
  name: text,
  total_vram_gb: numberOrNull,
  free_vram_gb: numberOrNull,
  used_vram_gb: numberOrNull,
  utilization_percent: numberOrNull,
  vendor: text,
  unified: flag,
  total_bytes: numberOrNull,
  free_bytes: numberOrNull,
  used_bytes: numberOrNull,
  budget_bytes: numberOrNull,
})

export const gpuInfo = object({
  detected: flag,
  gpus: listOf(gpu),
  total_vram_gb: number,
  available_vram_gb: number,
  recommended_quant: text,
  max_model_size_gb: number,
  platform: text,
  ram: object({ total_bytes: numberOrNull, available_bytes: numberOrNull }),
  problems: listOf(object({ probe: text, kind: text, message: text, hint: text })),
})
