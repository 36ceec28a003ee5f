import { fastify as createFastify } from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import { almanacPlugin } from './almanac-plugin.js'
import { addDocsRoutes } from './docs-routes.js'
import { addOpenApi } from './openapi.js'
import { pageFolder } from './page-files.js'
import { addPageRoutes } from './page-routes.js'
import type { AlmanacPorts } from './ports.js'
import { refuseSocket } from './refuse-socket.js'
import { addRequestRules, MAX_BODY_BYTES } from './request-rules.js'

export interface ServerOptions {
  ports?: AlmanacPorts
  /** Names beside the loopback ones under which the server may be called. */
  extra_hosts?: readonly string[]
  /** Folder of the built page. */
  page_folder?: string
  /** Version that the API's description states. */
  version?: string
  limits?: Partial<RequestLimits>
}

/** What arrives slower than this, in seconds, is dropped, with its connection. */
export interface RequestLimits {
  /** Until the headers are there; default 10. */
  headers_s: number
  /** Until the body is there too; default 30. */
  request_s: number
  /** Between two requests of a connection; default 10. */
  keep_alive_s: number
  /** How often that is looked at; default 1. */
  check_s: number
}

const LIMITS: RequestLimits = { headers_s: 10, request_s: 30, keep_alive_s: 10, check_s: 1 }

const MAX_HEADER_BYTES = 16 * 1024
/** Longest name in a path, percent-encoded. */
const MAX_NAME_LENGTH = 4096

/** The whole server: API, page, description, health. It does not listen yet. */
export async function createServer(options: ServerOptions = {}): Promise<FastifyInstance> {
  const { extra_hosts = [], version = '0' } = options
  const limits = { ...LIMITS, ...options.limits }
  const server = createFastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: limits.request_s * 1000,
    keepAliveTimeout: limits.keep_alive_s * 1000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_NAME_LENGTH },
    http: {
      headersTimeout: limits.headers_s * 1000,
      connectionsCheckingInterval: limits.check_s * 1000,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerBadAddress,
  })
  addRequestRules(server, { extra_hosts })
  await addOpenApi(server, version)
  const health = { summary: 'Whether the server answers', response: { 200: HEALTH } }
  server.get('/health', { schema: health }, async () => ({ status: 'ok', version }))
  await server.register(almanacPlugin, {
    extra_hosts,
    owns_server: true,
    ...(options.ports === undefined ? {} : { ports: options.ports }),
  })
  addDocsRoutes(server)
  addPageRoutes(server, options.page_folder ?? pageFolder())
  return server
}

const HEALTH = { type: 'object', properties: { status: { type: 'string' }, version: { type: 'string' } } }
const BROKEN = JSON.stringify({ detail: 'The address of the request cannot be read' })

function answerBadAddress(_error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(400).type('application/json; charset=utf-8').send(BROKEN)
}

const BROKEN_STATUS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
}

function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = BROKEN_STATUS[error.code ?? ''] ?? 400
  refuseSocket(socket, { status, detail: 'The request cannot be read' })
}
