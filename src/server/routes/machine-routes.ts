import { toInstalled } from '../../registry/index.js'
import type { Schema } from '../schemas/words.js'
import { routeSchema } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

/** Documents that another place defines: `hardware --json` and `installed --json`. */
const document: Schema = { type: 'object', additionalProperties: true }

/** What the page asks for first: the machine, and what its providers hold. */
export function addMachineRoutes({ fastify, state }: RouteScope): void {
  const machine = routeSchema('The machine, as hardware --json prints it', document)
  fastify.get('/machine', { schema: machine }, () => state.machine())
  const installed = routeSchema('What the providers hold, as installed --json prints it', document)
  fastify.get('/installed', { schema: installed }, async () => {
    const [reports, resolve] = await Promise.all([state.reports(), state.resolver()])
    return toInstalled(reports, resolve)
  })
}
