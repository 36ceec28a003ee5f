import { MODELS } from '../../generated/models.js'
import type { BuildRow, ModelRow } from '../../generated/types.js'
import type { ModelId, QuantizationId } from '../../generated/ids.js'

/** Whether a text is the id of a catalog model; narrows it to `ModelId`. */
export function isModelId(text: string): text is ModelId {
  return Object.hasOwn(MODELS, text)
}

/** The model of that id, in any letter case: `findModel('Qwen3:8B')?.id // 'qwen3:8b'`. */
export function findModel(id: string): ModelRow | undefined {
  const key = id.toLowerCase()
  return isModelId(key) ? MODELS[key] : undefined
}

/** The model of a known id. */
export function getModel(id: ModelId): ModelRow {
  return MODELS[id]
}

let rows: readonly ModelRow[] | undefined

/** All models, sorted by id. */
export function listModels(): readonly ModelRow[] {
  rows ??= Object.values<ModelRow>(MODELS)
  return rows
}

/** The build of a model in a quantization, in any letter case. */
export function findBuild(model: ModelRow, quantization: string): BuildRow | undefined {
  const wanted = quantization.toUpperCase()
  return model.builds.find((build) => build.quantization.toUpperCase() === wanted)
}

/** The build that is offered first; undefined where a model has none. */
export function defaultBuild(model: ModelRow): BuildRow | undefined {
  return model.builds.find((build) => build.default) ?? model.builds[0]
}

/** Splits `qwen3:8b@Q4_K_M` into the model's name and the quantization. */
export function splitBuildSpec(spec: string): { model: string; quantization: string | undefined } {
  const at = spec.lastIndexOf('@')
  if (at < 0) return { model: spec, quantization: undefined }
  return { model: spec.slice(0, at), quantization: spec.slice(at + 1) }
}

export type { BuildRow, ModelRow, ModelId, QuantizationId }
