import type { FastifyInstance } from 'fastify'
import { AlmanacState } from './almanac-state.js'
import type { GuardOptions } from './guard.js'
import { createLivePorts } from './live-ports.js'
import type { AlmanacPorts } from './ports.js'
import { addRequestRules } from './request-rules.js'
import { addCatalogRoutes } from './routes/catalog-routes.js'
import { addContextRoutes } from './routes/context-routes.js'
import { addInstallRoutes } from './routes/install-routes.js'
import { addLegacyRoutes } from './routes/legacy-routes.js'
import { addMachineRoutes } from './routes/machine-routes.js'
import { addProviderRoutes } from './routes/provider-routes.js'
import { addRegistryRoutes } from './routes/registry-routes.js'
import { addRemovalRoutes } from './routes/removal-routes.js'
import { addSelectionRoutes } from './routes/selection-routes.js'
import { addWebSockets } from './web-sockets.js'

export interface AlmanacPluginOptions extends GuardOptions {
  /** What the routes ask; default: this machine, as the environment says. */
  ports?: AlmanacPorts
  /** Default `/api/model`. Give Fastify's own `prefix` instead to choose another. */
  api_prefix?: string
  /** True where no other plugin listens for WebSocket upgrades: unknown ones are refused. */
  owns_server?: boolean
}

/**
 * The API as a Fastify plugin: every `/api/model/*` route with its rules (Host, Origin, bodies, error form), kept
 * to its own scope. The routes answer only under loopback names unless `extra_hosts` says more.
 *
 * Two things belong to the host's whole server. Encoded names in paths outgrow Fastify's usual
 * `routerOptions.maxParamLength` of 100 and are then not found; 4096 is enough. A host that sends every WebSocket
 * upgrade through its router, as `@fastify/websocket` does, takes those of the two WebSocket routes too and finds
 * nothing there: clients follow downloads by the event streams.
 *
 * @example await fastify.register(almanacPlugin)
 */
export async function almanacPlugin(
  fastify: FastifyInstance,
  options: AlmanacPluginOptions = {},
): Promise<void> {
  const { extra_hosts = [], owns_server = false, api_prefix = '/api/model' } = options
  const state = new AlmanacState(options.ports ?? createLivePorts(process.env))
  const prefix = fastify.prefix === '' ? api_prefix : ''
  await fastify.register(
    async (scope) => {
      addRequestRules(scope, { extra_hosts })
      for (const add of ROUTES) add({ fastify: scope, state })
    },
    { prefix },
  )
  addWebSockets(fastify.server, state, { extra_hosts, owns_server, prefix: `${fastify.prefix}${prefix}` })
  fastify.addHook('preClose', () => state.close())
}

const ROUTES = [
  addCatalogRoutes,
  addMachineRoutes,
  addProviderRoutes,
  addRegistryRoutes,
  addContextRoutes,
  addSelectionRoutes,
  addInstallRoutes,
  addLegacyRoutes,
  addRemovalRoutes,
]
