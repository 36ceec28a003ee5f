import type { FastifyReply } from 'fastify'
import type { AlmanacState } from './almanac-state.js'

/** So that proxies and browsers do not give up on a silent stream. */
const HEARTBEAT_S = 15
/** A listener that does not read is dropped before it costs memory. */
const MAX_WAITING_BYTES = 1024 ** 2

export interface EventStream {
  send(event: object): void
  /** Ends the stream; later events go nowhere. */
  end(): void
  /** Calls `listener` once, when the client left or the stream ended. */
  onGone(listener: () => void): void
}

/** Answers with server-sent events. */
export function openEventStream(reply: FastifyReply, state: AlmanacState): EventStream {
  const headers = reply.getHeaders()
  reply.hijack()
  const { raw } = reply
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value)
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.flushHeaders()
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_S * 1000)
  const stopWaiting = state.onEnd(() => raw.end())
  raw.once('close', () => {
    clearInterval(heartbeat)
    stopWaiting()
  })
  raw.on('error', () => raw.destroy())
  return {
    send(event) {
      if (raw.writableEnded || raw.destroyed) return
      raw.write(`data: ${JSON.stringify(event)}\n\n`)
      if (raw.writableLength > MAX_WAITING_BYTES) raw.destroy()
    },
    end: () => void raw.end(),
    onGone: (listener) => void (raw.closed ? listener() : raw.once('close', listener)),
  }
}
