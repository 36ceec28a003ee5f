import { findModel, isModelId, getModel, listModels } from '../../catalog/index.js'
import type { ContextState, NamedContext } from '../../registry/index.js'
import { contextLimitsOf } from '../../registry/index.js'
import * as schemas from '../schemas/models.js'
import { number, object } from '../schemas/words.js'
import { HttpError } from '../http-errors.js'
import { shownName } from '../printable-text.js'
import type { AlmanacState } from '../almanac-state.js'
import { pathOf, routeSchema } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

interface Named {
  Params: { model_name: string }
}

/** Context lengths: all, and of one model to read, set and reset. */
export function addContextRoutes(scope: RouteScope): void {
  addAllContexts(scope)
  addOneContext(scope)
}

function addAllContexts({ fastify, state }: RouteScope): void {
  const schema = routeSchema('Context lengths of all models', schemas.contextsAnswer)
  fastify.get('/contexts', { schema }, async () => {
    const saved = (await state.settings.read()).contexts
    const rows = listModels().map(({ id, context }) => {
      const override = saved.get(id)
      const current = Math.min(override ?? context.default, context.max)
      return [
        id,
        { default: context.default, max: context.max, current, is_override: override !== undefined },
      ]
    })
    return { status: 'success', contexts: Object.fromEntries(rows) }
  })
}

function addOneContext({ fastify, state }: RouteScope): void {
  const params = pathOf('model_name')
  const path = '/context/:model_name'
  const read = routeSchema('Context length of a model', schemas.contextAnswer, { params })
  fastify.get<Named>(path, { schema: read }, async (request) => {
    const named = await namedContext(request.params.model_name, state)
    return toWire(await (await state.contexts()).get(named))
  })
  const body = object({ context_size: number })
  const set = routeSchema('Saves a context length', schemas.contextChange, { params, body })
  fastify.post<Named & { Body: { context_size: number } }>(path, { schema: set }, async (request) => {
    const named = await namedContext(request.params.model_name, state)
    const saved = await (await state.contexts()).set(named, request.body.context_size)
    state.contextsChanged()
    return { ...toWire(saved), message: `${saved.model} now uses ${saved.current} tokens of context` }
  })
  const reset = routeSchema('Forgets a saved context length', schemas.contextChange, { params })
  fastify.delete<Named>(path, { schema: reset }, async (request) => {
    const named = await namedContext(request.params.model_name, state)
    const left = await (await state.contexts()).reset(named)
    state.contextsChanged()
    return { ...toWire(left), message: `${left.model} uses its default of ${left.current} tokens again` }
  })
}

/** What may be saved for a name: of a catalog model, else of one that a provider has. */
async function namedContext(name: string, state: AlmanacState): Promise<NamedContext> {
  const resolve = await state.resolver()
  const id = findModel(name)?.id ?? resolve(name).model
  if (id !== null && isModelId(id)) return { name: id, limits: contextLimitsOf(undefined, getModel(id)) }
  const wanted = name.toLowerCase()
  const installed = (await state.reports()).flatMap(({ models }) => models)
  const provided = installed.find((row) => [wanted, `${wanted}:latest`].includes(row.name.toLowerCase()))
  if (!provided) throw new HttpError(404, `No model "${shownName(name)}" in the catalog or installed`)
  return { name: provided.name, limits: contextLimitsOf(provided, undefined) }
}

function toWire(context: ContextState) {
  const { model, current, is_override, warnings } = context
  return {
    status: 'success',
    model,
    current,
    default: context.default,
    // A number is wanted; what the model is known to take is then the most that can be promised.
    max: context.max ?? Math.max(current, context.default),
    max_is_known: context.max !== null,
    is_override,
    warnings,
  }
}
