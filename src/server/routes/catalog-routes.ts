import { findModel, isModelId, getModel, listModels } from '../../catalog/index.js'
import type { ModelRow } from '../../catalog/index.js'
import { TIERS } from '../../../generated/tiers.js'
import { catalogAnswer, quantizationsAnswer, recommendationsAnswer, tiersAnswer } from '../schemas/catalog.js'
import { gpuInfo as gpuSchema } from '../schemas/gpu.js'
import { flag, object } from '../schemas/words.js'
import { HttpError } from '../http-errors.js'
import { shownName } from '../printable-text.js'
import * as wire from '../wire/index.js'
import type { CatalogQuery, RecommendationsQuery } from '../wire/index.js'
import { sendAnswer } from '../send-answer.js'
import { pathOf, routeSchema, serialise } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

/** GiB; more than any machine has is a typing error. */
const vramInput = { type: 'number', minimum: 0, maximum: 1_048_576, description: 'GiB free on one GPU' }

const OFFERED = 'the default, the best, and the smallest of at least three bits per weight'

const everything = {
  ...flag,
  description: `Every build that runs, and the models that do not fit; else, of what runs, ${OFFERED}, and the recommended build`,
}

/** Routes over the catalog and the machine; no provider is asked. */
export function addCatalogRoutes(scope: RouteScope): void {
  addTables(scope)
  addRecommendations(scope)
  addQuantizations(scope)
}

function addTables({ fastify, state }: RouteScope): void {
  const { answers } = state
  fastify.get('/tiers', { schema: routeSchema('Models by tier', tiersAnswer) }, async (request, reply) =>
    sendAnswer(request, reply, await answers.get('tiers', [], () => serialise(reply, tiersByName()))),
  )
  fastify.get(
    '/gpu',
    { schema: routeSchema('The GPUs of this machine', gpuSchema) },
    async (request, reply) => {
      const machine = await state.machine()
      const make = async () => serialise(reply, await wire.gpuInfo(machine))
      return sendAnswer(request, reply, await answers.get('gpu', [machine], make))
    },
  )
  const querystring = object({}, { all: { ...flag, description: `Every build; else ${OFFERED}` } })
  const schema = routeSchema('Models with the builds worth offering', catalogAnswer, { querystring })
  fastify.get<{ Querystring: CatalogQuery }>('/catalog', { schema }, async (request, reply) => {
    const { all = false } = request.query
    const make = async () => serialise(reply, await wire.catalogAnswer({ all }))
    return sendAnswer(request, reply, await answers.get(`catalog ${all}`, [], make))
  })
}

function tiersByName() {
  const tiers = TIERS.map(({ id, name, description, badge, rule }) => {
    const models = listModels().filter((model) => model.tier === id && model.kind === 'chat')
    return [id, { name, description, badge, rule, models: models.map((model) => model.id) }]
  })
  return { tiers: Object.fromEntries(tiers) }
}

function addRecommendations({ fastify, state }: RouteScope): void {
  const querystring = object({}, { vram_gb: vramInput, include_all: everything, tool_capable_only: flag })
  const schema = routeSchema('What runs well here, best first', recommendationsAnswer, { querystring })
  fastify.get<{ Querystring: RecommendationsQuery }>(
    '/recommendations',
    { schema },
    async (request, reply) => {
      const machine = await state.machine()
      const { query } = request
      const { vram_gb = '', include_all = false, tool_capable_only = false } = query
      const question = `recommendations ${vram_gb} ${include_all} ${tool_capable_only}`
      const make = async () => serialise(reply, await wire.recommendationsAnswer(machine, query))
      return sendAnswer(request, reply, await state.answers.get(question, [machine], make))
    },
  )
}

function addQuantizations({ fastify, state }: RouteScope): void {
  const schema = routeSchema('Builds of one model on this machine', quantizationsAnswer, {
    params: pathOf('model_name'),
  })
  fastify.get<{ Params: { model_name: string } }>(
    '/:model_name/quantizations',
    { schema },
    async (request, reply) => {
      const model = await findNamedModel(request.params.model_name, state)
      const machine = await state.machine()
      const make = async () => serialise(reply, await wire.quantizationsAnswer(model, machine))
      return sendAnswer(request, reply, await state.answers.get(`quantizations ${model.id}`, [machine], make))
    },
  )
}

/** The catalog model that a name means. @throws {HttpError} 404 with the name. */
export async function findNamedModel(name: string, state: RouteScope['state']): Promise<ModelRow> {
  const listed = findModel(name)
  if (listed) return listed
  const { model } = (await state.resolver())(name)
  if (model !== null && isModelId(model)) return getModel(model)
  throw new HttpError(404, `No model "${shownName(name)}" in the catalog`)
}
