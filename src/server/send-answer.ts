import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptedCoding } from './accepted-coding.js'
import type { Answer, Coded } from './answer.js'

/** Asks again each time whether it changed; the answer is then a 304 without a body. */
const REVALIDATE = 'no-cache'

/**
 * Sends an answer in the coding that the client takes, or 304 where it has that already.
 *
 * @param cacheControl - Default: kept by clients, and asked for again each time.
 */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  cacheControl = REVALIDATE,
): FastifyReply | Promise<FastifyReply> {
  void reply.header('cache-control', cacheControl)
  if (!answer.isCompressible) return sendCoded(request, reply, answer, answer.plain)
  void reply.header('vary', 'accept-encoding')
  const coding = acceptedCoding(request.headers['accept-encoding'])
  if (coding === null) return sendCoded(request, reply, answer, answer.plain)
  return answer.coded(coding).then((coded) => sendCoded(request, reply, answer, coded))
}

function sendCoded(
  request: FastifyRequest,
  reply: FastifyReply,
  { type }: Answer,
  { body, etag, coding }: Coded,
): FastifyReply {
  void reply.header('etag', etag)
  const known = request.headers['if-none-match']
  if (known !== undefined && matchesEtag(known, etag)) return reply.code(304).send()
  if (coding !== null) void reply.header('content-encoding', coding)
  return reply.header('content-type', type).send(body)
}

/** Whether `If-None-Match` names the tag; compared weakly, as RFC 9110, 13.1.2 wants it. */
function matchesEtag(header: string, etag: string): boolean {
  if (header === etag || header.trim() === '*') return true
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
