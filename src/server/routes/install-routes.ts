import { INSTALL_PROVIDERS } from '../../install/types.js'
import type { InstallProvider } from '../../install/types.js'
import * as schemas from '../schemas/models.js'
import { ERRORS, flag, object } from '../schemas/words.js'
import type { Schema } from '../schemas/words.js'
import { openEventStream } from '../event-stream.js'
import { HttpError } from '../http-errors.js'
import { requestInstall } from '../install-requests.js'
import type { AskedInstall } from '../install-requests.js'
import { isTerminal } from '../legacy-events.js'
import { pathOf, routeSchema } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

const provider: Schema = { type: 'string', enum: INSTALL_PROVIDERS }

interface WithId {
  Params: { id: string }
}

/** Installs: ask the gate, start, list, follow, cancel. */
export function addInstallRoutes(scope: RouteScope): void {
  addGate(scope)
  addStart(scope)
  addJobs(scope)
  addEvents(scope)
}

function addGate({ fastify, state }: RouteScope): void {
  const context: Schema = { type: 'integer', minimum: 1, maximum: 16_777_216 }
  const querystring = object({ model: schemas.nameInput, provider }, { context })
  const schema = routeSchema('What the gate says of an install', schemas.gateAnswer, { querystring })
  type Query = { model: string; provider: InstallProvider; context?: number }
  fastify.get<{ Querystring: Query }>('/gate', { schema }, async ({ query }) => {
    const { model, ...options } = query
    return state.installer.gate(model, options)
  })
}

function addStart({ fastify, state }: RouteScope): void {
  const body = object({ model: schemas.nameInput, provider }, { force: flag })
  const plain = routeSchema('Starts an install', schemas.installAnswer, { body })
  const schema = { ...plain, response: { 202: schemas.installAnswer, 200: schemas.installAnswer, ...ERRORS } }
  const preValidation = async (request: { body: unknown }) => {
    const { body: given } = request
    if (typeof given === 'object' && given !== null && Object.hasOwn(given, 'dir')) {
      throw new HttpError(400, 'A folder cannot be chosen here: files go below the home of llm-almanac')
    }
  }
  fastify.post<{ Body: AskedInstall }>('/install', { schema, preValidation }, async (request, reply) => {
    const { job, is_new } = await requestInstall(request.body, state)
    return reply.code(is_new ? 202 : 200).send(job)
  })
}

function addJobs({ fastify, state }: RouteScope): void {
  const params = pathOf('id')
  const list = routeSchema('All installs', schemas.installsAnswer)
  fastify.get('/install', { schema: list }, async () => ({ installs: state.queue.list() }))
  const one = routeSchema('One install', schemas.installAnswer, { params })
  fastify.get<WithId>('/install/:id', { schema: one }, async (request) => {
    return state.queue.get(request.params.id) ?? unknownInstall()
  })
  const summary = 'Cancels an install; what was downloaded stays, and one that is over stays as it ended'
  const cancel = routeSchema(summary, schemas.installCancelled, { params })
  fastify.delete<WithId>('/install/:id', { schema: cancel }, async (request) => {
    const { id, status } = state.queue.cancel(request.params.id) ?? unknownInstall()
    return { id, status }
  })
}

function addEvents({ fastify, state }: RouteScope): void {
  const schema = { summary: 'Events of an install', tags: ['model'], params: pathOf('id'), response: ERRORS }
  fastify.get<WithId>('/install/:id/events', { schema }, async (request, reply) => {
    const { id } = request.params
    if (!state.queue.get(id)) unknownInstall()
    const stream = openEventStream(reply, state)
    const stop = state.queue.subscribe(id, (event) => {
      if (event.type !== 'notice') stream.send(event)
      if (isTerminal(event)) stream.end()
    })
    if (stop) stream.onGone(stop)
    return reply
  })
}

function unknownInstall(): never {
  throw new HttpError(404, 'No install has that id')
}
