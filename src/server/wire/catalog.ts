import { listModels, loadGguf } from '../../catalog/index.js'
import { buildFields, repositoryOf, sourceFields } from './build-fields.js'
import { offeredBuilds } from './offered-builds.js'

export interface CatalogQuery {
  /** Every build instead of those worth offering. */
  all?: boolean
}

/** The body of `/catalog`: every model that has a build, with those that are offered, or all of them. */
export async function catalogAnswer({ all = false }: CatalogQuery) {
  const gguf = await loadGguf()
  const models = listModels().filter((model) => model.builds.length > 0)
  const rows = models.map((model) => {
    const files = gguf[model.id]
    const builds = all ? model.builds : offeredBuilds(model)
    return {
      name: model.id,
      tier: model.tier,
      tool_capable: model.tools === true,
      context_window: model.context.default,
      huggingface_repo: repositoryOf(model, files),
      quantizations: builds.map((build) => ({
        level: build.quantization,
        ...buildFields(model, build),
        ...sourceFields(
          build,
          files.find((row) => row.quantization === build.quantization),
        ),
      })),
      kind: model.kind,
    }
  })
  return { models: rows, count: rows.length }
}
