import { fastify } from 'fastify'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { AlmanacState } from '../../src/server/almanac-state.js'
import { openEventStream } from '../../src/server/event-stream.js'
import type { EventStream } from '../../src/server/event-stream.js'
import { fakeWorld } from './fake-ports.js'

const state = new AlmanacState(fakeWorld().ports)
const streams: EventStream[] = []
const server = fastify({ forceCloseConnections: true })
server.get('/events', async (_, reply) => {
  streams.push(openEventStream(reply, state))
  return reply
})
const url = await server.listen({ host: '127.0.0.1', port: 0 })
afterAll(() => server.close())
afterEach(() => vi.useRealTimers())

/** A listener, the server's end of its stream, and what has come so far. */
async function listen() {
  const leave = new AbortController()
  const response = await fetch(`${url}/events`, { signal: leave.signal })
  const stream = streams.pop()
  if (!stream || !response.body) throw new Error('no stream')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  return { stream, response, leave: () => leave.abort(), next: async () => (await reader.read()).value }
}

describe('an event stream', () => {
  it('says every 15 s that it is still there, in a comment, until it ends', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { stream, response, next } = await listen()
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    vi.advanceTimersByTime(14_999)
    stream.send({ type: 'first' })
    expect(await next()).toBe('data: {"type":"first"}\n\n')
    vi.advanceTimersByTime(1)
    expect(await next()).toMatch(/^:[^\n]*\n\n$/)
    vi.advanceTimersByTime(15_000)
    expect(await next()).toMatch(/^:[^\n]*\n\n$/)
    stream.end()
    expect(await next()).toBeUndefined()
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0))
  })

  it('stops saying so when its listener leaves', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { stream, leave } = await listen()
    const gone = new Promise<void>((resolve) => stream.onGone(resolve))
    leave()
    await gone
    expect(vi.getTimerCount()).toBe(0)
    stream.send({ type: 'late' })
    stream.end()
  })

  it('ends with the server', async () => {
    const { next } = await listen()
    await state.close()
    expect(await next()).toBeUndefined()
  })

  it('drops a listener that does not read', async () => {
    const { stream } = await listen()
    const gone = new Promise<void>((resolve) => stream.onGone(resolve))
    const event = { type: 'progress', text: 'x'.repeat(256 * 1024) }
    for (let count = 0; count < 200; count++) {
      stream.send(event)
      await new Promise(setImmediate)
    }
    await gone
  })
})
