/** The HTTP API and the page, as a Fastify plugin and as a server. */
export { almanacPlugin, type AlmanacPluginOptions } from './almanac-plugin.js'
export { createServer, type ServerOptions } from './create-server.js'
export { createLivePorts, type LiveOptions } from './live-ports.js'
export type { AlmanacPorts, Installer, SharedFacts } from './ports.js'
export { isLoopback, startServer, type RunningServer, type StartOptions } from './start-server.js'
