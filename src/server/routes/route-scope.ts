import type { FastifyInstance, FastifyReply, FastifySchema } from 'fastify'
import type { AlmanacState } from '../almanac-state.js'
import { ERRORS, object } from '../schemas/words.js'
import type { Schema } from '../schemas/words.js'

/** Where routes are added, and what they answer from. */
export interface RouteScope {
  fastify: FastifyInstance
  state: AlmanacState
}

/** The schema of a route, with the errors that every route may give. */
export function routeSchema(
  summary: string,
  answer: Schema,
  input: { querystring?: Schema; params?: Schema; body?: Schema } = {},
): FastifySchema {
  return { summary, tags: ['model'], response: { 200: answer, ...ERRORS }, ...input }
}

/** Parameters of a path, all of them texts. */
export function pathOf(...names: string[]): Schema {
  const name: Schema = { type: 'string', minLength: 1, maxLength: 4096 }
  return object(Object.fromEntries(names.map((each) => [each, name])))
}

/** An answer as its route's schema writes it. */
export function serialise(reply: FastifyReply, answer: Record<string, unknown>): string {
  return String(reply.serializeInput(answer, '200'))
}
