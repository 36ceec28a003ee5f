import type { ProviderId } from '../../providers/index.js'
import { PROVIDER_IDS } from '../../providers/index.js'
import * as schemas from '../schemas/providers.js'
import { HttpError } from '../http-errors.js'
import { shownName } from '../printable-text.js'
import { availableAnswer, detectAnswer, statusOf } from '../wire/provider-lists.js'
import { pathOf, routeSchema } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

/** Routes that say who is there and with what. A dead provider is an answer, not an error. */
export function addProviderRoutes(scope: RouteScope): void {
  addStatuses(scope)
  addLists(scope)
  addProviderModels(scope)
}

function addStatuses({ fastify, state }: RouteScope): void {
  for (const id of ['ollama', 'lmstudio'] as const) {
    const schema = routeSchema(`Whether ${id} runs`, schemas.statusAnswer)
    fastify.get(`/${id}/status`, { schema }, async () => statusOf(await state.report(id)))
  }
}

function addLists({ fastify, state }: RouteScope): void {
  const detect = routeSchema('Servers on this machine', schemas.detectAnswer)
  fastify.get('/providers/detect', { schema: detect }, async () => {
    const [reports, detected, { selected }] = await Promise.all([
      state.reports(),
      state.detected(),
      state.settings.read(),
    ])
    return detectAnswer(reports, detected, selected?.provider ?? null)
  })
  const all = routeSchema('Model names by provider', schemas.allModelsAnswer)
  fastify.get('/providers/all/models', { schema: all }, async () => {
    const reports = await state.reports()
    return {
      providers: Object.fromEntries(reports.map(({ id, models }) => [id, models.map(({ name }) => name)])),
    }
  })
  const available = routeSchema('Models of all providers', schemas.availableAnswer)
  fastify.get('/available', { schema: available }, async () => {
    const [reports, resolve] = await Promise.all([state.reports(), state.resolver()])
    return availableAnswer(reports, resolve)
  })
}

function addProviderModels({ fastify, state }: RouteScope): void {
  const schema = routeSchema('Model names of one provider', schemas.providerModelsAnswer, {
    params: pathOf('provider_name'),
  })
  fastify.get<{ Params: { provider_name: string } }>(
    '/providers/:provider_name/models',
    { schema },
    async ({ params }) => {
      const id = knownProvider(params.provider_name)
      const { status, models, name, problems } = await state.report(id)
      if (status !== 'running') {
        throw new HttpError(503, problems[0]?.message ?? `${name} is not running`)
      }
      return { provider: id, models: models.map((model) => model.name), count: models.length }
    },
  )
}

/** @throws {HttpError} 400 for a name that is no provider. */
export function knownProvider(name: string): ProviderId {
  const id = PROVIDER_IDS.find((known) => known === name.toLowerCase())
  if (id) return id
  throw new HttpError(400, `"${shownName(name)}" is no provider; there are ${PROVIDER_IDS.join(', ')}`)
}
