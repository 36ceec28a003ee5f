import {
  flag,
  flagOrNull,
  listOf,
  mapOf,
  number,
  numberOrNull,
  object,
  text,
  textOrNull,
  texts,
} from './words.js'

export const statusAnswer = object(
  { available: flag, running: flag },
  { reason: text, hint: text, status: text, version: textOrNull, url: text },
)

export const detectAnswer = object({
  providers: listOf(
    object({
      name: text,
      port: number,
      url: text,
      api_style: text,
      status: text,
      models: texts,
      model_count: number,
    }),
  ),
  active: textOrNull,
  count: number,
})

export const allModelsAnswer = object({ providers: mapOf(texts) })

export const providerModelsAnswer = object({ provider: text, models: texts, count: number })

export const availableAnswer = object({
  models: listOf(
    object(
      {
        name: text,
        id: text,
        size: text,
        modified: text,
        provider: text,
        size_bytes: numberOrNull,
        kind: text,
        model: textOrNull,
      },
      { lmstudio_id: text },
    ),
  ),
  count: number,
})

const fit = {
  type: ['object', 'null'],
  properties: { fit: text, needed_bytes: number, available_bytes: number },
  required: ['fit', 'needed_bytes', 'available_bytes'],
}

export const registryAnswer = object({
  models: listOf(
    object({
      name: text,
      provider: text,
      tier: text,
      size_gb: numberOrNull,
      context_window: numberOrNull,
      max_context: numberOrNull,
      quantization: textOrNull,
      capabilities: object({ tools: flag, streaming: flag, vision: flag }),
      description: text,
      model: textOrNull,
      family: textOrNull,
      kind: text,
      size_bytes: numberOrNull,
      size_basis: textOrNull,
      local: flag,
      loaded: flagOrNull,
      context_length: numberOrNull,
      context_source: text,
      fit,
    }),
  ),
  count: number,
  providers: texts,
  tool_capable_families: object({ verified: texts, compatible: texts, experimental: texts }),
  problems: listOf(object({ provider: text, kind: text, message: text, hint: text })),
})
