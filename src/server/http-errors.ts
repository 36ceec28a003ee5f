import type { FastifyError, FastifyInstance } from 'fastify'
import { AlmanacError } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { printableText } from './printable-text.js'

/** An answer that is an error, in the one form that all have: `{ detail }`. */
export class HttpError extends Error {
  readonly statusCode: number

  constructor(statusCode: number, detail: string) {
    super(detail)
    this.statusCode = statusCode
  }
}

const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = {
  BAD_USAGE: 400,
  CONTEXT_TOO_LONG: 400,
  UNKNOWN_MODEL: 404,
  UNKNOWN_BUILD: 404,
  GATE_CLOSED: 409,
  NO_SPACE: 409,
  BUSY: 409,
  CANCELLED: 409,
  PROVIDER_FAILED: 503,
  AUTH_REQUIRED: 503,
  HTTP_ERROR: 503,
  TIMED_OUT: 504,
}

/** Status and text of whatever a route threw; nothing of a bug but that it is one. */
export function describeError(error: unknown): { status: number; detail: string } {
  if (error instanceof AlmanacError) {
    const hint = error.hint === undefined ? '' : `; ${error.hint}`
    return { status: STATUSES[error.code] ?? 500, detail: printableText(error.message + hint) }
  }
  if (error instanceof HttpError) return { status: error.statusCode, detail: printableText(error.message) }
  const status = clientStatus(error)
  if (status !== null) return { status, detail: DETAILS[status] ?? 'The request is not right' }
  return { status: 500, detail: 'A bug in llm-almanac; please report what you asked for' }
}

const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  404: 'Nothing is at that address',
  408: 'The request took too long',
  413: 'The body is larger than 1 MiB',
  414: 'A name in the address is too long',
  415: 'A body is sent as application/json',
  431: 'The headers are too large',
}

function clientStatus(error: unknown): number | null {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null
}

/** Gives every error of a scope the one form. */
export function addErrorHandlers(fastify: FastifyInstance): void {
  fastify.setErrorHandler((error: FastifyError, _request, reply) => {
    const { status, detail } = describeError(error)
    if (status === 500) fastify.log.error(error)
    return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ detail }))
  })
}

/** The answer to an address that does not exist. */
export function notFoundText(url: string): string {
  return JSON.stringify({ detail: printableText(`Nothing is at ${url.slice(0, 200)}`) })
}
