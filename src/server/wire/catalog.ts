import { listModels, loadGguf } from '../../catalog/index.js'
import { buildFields, repositoryOf, sourceFields } from './build-fields.js'

/** The body of `/catalog`: every model that has a build, with all of them. */
export async function catalogAnswer() {
  const gguf = await loadGguf()
  const models = listModels().filter((model) => model.builds.length > 0)
  const rows = models.map((model) => {
    const files = gguf[model.id]
    return {
      name: model.id,
      tier: model.tier,
      tool_capable: model.tools === true,
      context_window: model.context.default,
      huggingface_repo: repositoryOf(model, files),
      quantizations: model.builds.map((build) => ({
        level: build.quantization,
        ...buildFields(model, build),
        ...sourceFields(
          build,
          files.find((row) => row.quantization === build.quantization),
        ),
      })),
      family: model.family,
      kind: model.kind,
      max_context: model.context.max,
    }
  })
  return { models: rows, count: rows.length }
}
