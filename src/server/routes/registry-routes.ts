import { registryAnswer as registrySchema } from '../schemas/providers.js'
import { flag, object } from '../schemas/words.js'
import { registryAnswer } from '../wire/registry.js'
import { nameInput } from '../schemas/models.js'
import { knownProvider } from './provider-routes.js'
import { sendAnswer } from '../send-answer.js'
import { routeSchema, serialise } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

interface RegistryQuery {
  provider?: string
  tool_capable_only?: boolean
}

/** The unified list of what is installed. */
export function addRegistryRoutes({ fastify, state }: RouteScope): void {
  const querystring = object({}, { provider: nameInput, tool_capable_only: flag })
  const schema = routeSchema('Installed models of all providers', registrySchema, { querystring })
  fastify.get<{ Querystring: RegistryQuery }>('/registry', { schema }, async (request, reply) => {
    const { query } = request
    const only = query.provider === undefined ? undefined : knownProvider(query.provider)
    const { tool_capable_only = true } = query
    const [machine, reports, resolve, contexts] = await Promise.all([
      state.machine(),
      state.reports(only),
      state.resolver(),
      state.savedContexts(),
    ])
    const facts = { machine, reports, resolve, contexts }
    const make = () => serialise(reply, registryAnswer(facts, { tool_capable_only }))
    const question = `registry ${only ?? ''} ${tool_capable_only}`
    return sendAnswer(
      request,
      reply,
      await state.answers.get(question, [machine, contexts, ...reports], make),
    )
  })
}
