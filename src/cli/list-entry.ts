import { defaultBuild } from '../catalog/index.js'
import type { ModelRow } from '../catalog/index.js'

/** One entry of `models --json`; DESIGN's field names. */
export function toListEntry(model: ModelRow) {
  return {
    id: model.id,
    family: model.family,
    name: model.name,
    publisher: model.publisher,
    parameters: model.parameters,
    active_parameters: model.active_parameters ?? null,
    kind: model.kind,
    context: { default: model.context.default, max: model.context.max },
    tier: model.tier,
    tools: model.tools,
    quantizations: model.builds.map((build) => build.quantization),
    default_quantization: defaultBuild(model)?.quantization ?? null,
  }
}
