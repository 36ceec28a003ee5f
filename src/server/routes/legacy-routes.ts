import type { FastifyReply } from 'fastify'
import * as schemas from '../schemas/models.js'
import { ERRORS, object } from '../schemas/words.js'
import { openEventStream } from '../event-stream.js'
import { describeError, HttpError } from '../http-errors.js'
import { cancelByName, followLegacy, startLegacyDownload, untilOver } from '../legacy-download.js'
import type { LegacyKind } from '../legacy-download.js'
import { AlmanacError } from '../../errors.js'
import { routeSchema } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

const body = object({ model: schemas.nameInput })

interface Asked {
  Body: { model: string }
}

/** The download routes that older clients know, on the one engine. */
export function addLegacyRoutes(scope: RouteScope): void {
  addPull(scope)
  addStream('/pull-stream', 'pull', scope)
  addStream('/download-gguf-stream', 'gguf', scope)
  addCancel(scope)
  for (const path of ['/pull-ws', '/download-gguf-ws']) {
    scope.fastify.get(path, { schema: { hide: true } }, async (_, reply: FastifyReply) => {
      void reply.header('upgrade', 'websocket')
      throw new HttpError(426, 'This address is a WebSocket')
    })
  }
}

function addPull({ fastify, state }: RouteScope): void {
  const schema = routeSchema('Pulls a model into Ollama and waits', schemas.pullAnswer, { body })
  fastify.post<Asked>('/pull', { schema }, async (request) => {
    const { model } = request.body
    const event = await untilOver(await startLegacyDownload('pull', model, state), state)
    if (event.type === 'done') {
      return { status: 'success', message: `${model} is installed`, output: 'success' }
    }
    if (event.type !== 'error') throw new HttpError(409, 'The download was cancelled')
    const error = new AlmanacError(event.code, event.message, event.hint ?? undefined)
    const { status, detail } = describeError(error)
    throw new HttpError(status === 503 ? 500 : status, detail)
  })
}

function addStream(path: string, kind: LegacyKind, { fastify, state }: RouteScope): void {
  const schema = { summary: `Events of a download (${kind})`, tags: ['model'], body, response: ERRORS }
  fastify.post<Asked>(path, { schema }, async (request, reply) => {
    const job = await startLegacyDownload(kind, request.body.model, state)
    const stream = openEventStream(reply, state)
    stream.onGone(followLegacy(job, state, stream))
    return reply
  })
}

function addCancel({ fastify, state }: RouteScope): void {
  const schema = routeSchema('Cancels a download', schemas.cancelAnswer, { body })
  fastify.post<Asked>('/cancel-download', { schema }, async (request) => {
    const { model } = request.body
    return { status: cancelByName(model, state) > 0 ? 'cancelled' : 'not_running', model }
  })
}
