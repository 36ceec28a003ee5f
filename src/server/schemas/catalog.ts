import { gpuInfo } from './gpu.js'
import { flag, flagOrNull, listOf, number, numberOrNull, object, text, textOrNull, texts } from './words.js'

const build = {
  level: text,
  size_gb: number,
  vram_required_gb: number,
  quality: number,
  quality_label: text,
  file: text,
  is_default: flag,
  download_url: textOrNull,
}

export const catalogAnswer = object({
  models: listOf(
    object({
      name: text,
      tier: text,
      tool_capable: flag,
      context_window: number,
      huggingface_repo: textOrNull,
      quantizations: listOf(object(build)),
      kind: text,
    }),
  ),
  count: number,
})

export const tiersAnswer = object({
  tiers: object({ verified: tier(), compatible: tier(), experimental: tier() }),
})

function tier() {
  return object({ name: text, description: text, badge: text, models: texts, rule: text })
}

export const quantizationsAnswer = object({
  model: text,
  huggingface_repo: textOrNull,
  quantizations: listOf(
    object({
      ...build,
      fits_in_vram: flag,
      ollama_tag: textOrNull,
      bytes: number,
      bytes_basis: text,
      fit: text,
      needed_bytes: number,
      available_bytes: number,
      headroom_gb: number,
      source: textOrNull,
    }),
  ),
  gpu_info: gpuInfo,
  recommended_quant: text,
  context: number,
  max_context: number,
  kv_type: text,
  tier: text,
  tier_reason: text,
  tools: flagOrNull,
  sources: texts,
})

const option = object({
  quantization: text,
  size_gb: number,
  vram_required_gb: number,
  quality: number,
  is_default: flag,
  headroom_gb: number,
  fit: text,
  needed_bytes: number,
})

const misfit = object({
  model: text,
  quantization: text,
  context: number,
  needed_bytes: number,
  available_bytes: number,
  reason: text,
})

export const recommendationsAnswer = object(
  {
    gpu_info: gpuInfo,
    effective_vram_gb: number,
    recommendations: listOf(
      object({
        model: text,
        tier: text,
        tool_capable: flag,
        available_quantizations: listOf(option),
        recommended_quant: text,
        fit: text,
        context: number,
        kv_type: text,
        quality: numberOrNull,
        score: number,
        why: texts,
        warnings: texts,
      }),
    ),
    total_options: number,
    warnings: texts,
  },
  { not_fitting: listOf(misfit) },
)
