import { defaultBuild, findBuild, findModel, listModels, splitBuildSpec } from '../catalog/index.js'
import type { BuildRow, ModelRow } from '../catalog/index.js'
import { AlmanacError } from '../errors.js'
import { printable } from './display-width.js'
import { suggest } from './suggest.js'

/**
 * The model that a person named: a catalog id, or any provider's name for it.
 *
 * @throws {AlmanacError} `UNKNOWN_MODEL`, with the nearest id as hint.
 */
export async function findNamedModel(name: string): Promise<ModelRow> {
  const model = findModel(name) ?? (await resolveToModel(name))
  if (model) return model
  const near = suggest(
    name,
    listModels().map((row) => row.id),
  )
  throw new AlmanacError(
    'UNKNOWN_MODEL',
    `no model "${printable(name.slice(0, 100))}" in the catalog`,
    near ? `did you mean "${near}"?` : 'llm-almanac models lists them',
  )
}

async function resolveToModel(name: string): Promise<ModelRow | undefined> {
  const { loadResolver } = await import('../registry/resolver.js')
  const { model } = (await loadResolver())(name)
  return model === null ? undefined : findModel(model)
}

/** The build that `MODEL[@QUANT]` names; without QUANT the default one. */
export async function findNamedBuild(spec: string): Promise<{ model: ModelRow; build: BuildRow }> {
  const { model: name, quantization } = splitBuildSpec(spec)
  const model = await findNamedModel(name)
  const build = quantization === undefined ? defaultBuild(model) : findBuild(model, quantization)
  if (build) return { model, build }
  const labels = model.builds.map((row) => row.quantization)
  throw new AlmanacError(
    'UNKNOWN_BUILD',
    quantization === undefined
      ? `${model.id} has no build to run locally`
      : `${model.id} has no build "${printable(quantization.slice(0, 40))}"`,
    labels.length > 0 ? `it has ${labels.join(', ')}` : undefined,
  )
}
