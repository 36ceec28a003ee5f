import { gzipSync } from 'node:zlib'
import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchJson, fetchText, HttpFailure, httpRequest, type HttpOptions } from '../../src/http/index.js'
import { freePort, sendJson, startServer, startSocketServer, type FaultServer } from './fault-server.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(listener: RequestListener, host?: string): Promise<FaultServer> {
  const server = await startServer(listener, host)
  servers.push(server)
  return server
}

async function failureOf(promise: Promise<unknown>): Promise<HttpFailure> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof HttpFailure)) throw new Error(`expected an HttpFailure, got ${String(error)}`)
  return error
}

const SHORT: HttpOptions = { connect_s: 0.3, header_s: 0.3, idle_s: 0.3, total_s: 0.8 }
const ZEROS = Buffer.alloc(64 * 1024)

const FAULTS: [string, string, RequestListener, HttpOptions?][] = [
  ['hangs before its headers', 'timed_out', () => {}],
  ['hangs in the middle of its body', 'timed_out', (_, response) => void response.write('{"a":')],
  [
    'drips a byte now and then for ever',
    'timed_out',
    (_, response) => {
      const timer = setInterval(() => response.write(' '), 100)
      response.on('close', () => clearInterval(timer))
    },
  ],
  [
    'never stops sending',
    'too_large',
    (_, response) => {
      const pump = (): void => {
        while (!response.destroyed && response.write(ZEROS));
      }
      response.on('drain', pump)
      pump()
    },
    { total_s: 10 },
  ],
  [
    'sends a compressed bomb although nobody asked for compression',
    'too_large',
    (_, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(9 * 1024 ** 2))),
    { total_s: 10 },
  ],
  [
    'announces gzip and sends something else',
    'bad_output',
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
  ],
  [
    'uses an encoding that nobody knows',
    'bad_output',
    (_, response) => void response.writeHead(200, { 'content-encoding': 'zip' }).end('plain'),
  ],
  ['redirects', 'redirected', (_, response) => void response.writeHead(302, { location: '/x' }).end()],
  ['answers 500', 'http_error', (_, response) => sendJson(response, { error: 'boom' }, 500)],
  ['answers HTML', 'bad_output', (_, response) => void response.end('<!doctype html><p>hello')],
  ['answers nothing', 'bad_output', (_, response) => void response.end()],
  [
    'nests its JSON 100,000 deep',
    'bad_output',
    (_, response) => void response.end('['.repeat(1e5) + ']'.repeat(1e5)),
  ],
  [
    'ends before the length it announced',
    'reset',
    (_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{}')
      setTimeout(() => response.destroy(), 20)
    },
  ],
]

describe('a server that', () => {
  it.each(FAULTS)('%s is a failure of kind %s', async (_name, kind, listener, options) => {
    const server = await serve(listener)
    const failure = await failureOf(fetchJson(server.url, { ...SHORT, ...options }))
    expect(failure.kind).toBe(kind)
    await expect.poll(() => server.openSockets()).toBe(0)
  })

  it('resets the connection is a failure of kind reset', async () => {
    const server = await startSocketServer((socket) => {
      socket.once('data', () => socket.resetAndDestroy())
    })
    servers.push(server)
    expect((await failureOf(fetchJson(server.url, SHORT))).kind).toBe('reset')
  })

  it('speaks another protocol is a failure of kind bad_output', async () => {
    const server = await startSocketServer((socket) => void socket.write('220 mail.example ESMTP\r\n'))
    servers.push(server)
    expect((await failureOf(fetchJson(server.url, SHORT))).kind).toBe('bad_output')
  })

  it('switches protocols unasked is a failure of kind bad_output', async () => {
    const server = await startSocketServer((socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    })
    servers.push(server)
    expect((await failureOf(httpRequest(server.url, SHORT))).kind).toBe('bad_output')
  })

  it('sends headers without end is a failure of kind too_large', async () => {
    const server = await startSocketServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      socket.write(`x: ${'a'.repeat(200_000)}\r\n`)
    })
    servers.push(server)
    expect((await failureOf(fetchJson(server.url, SHORT))).kind).toBe('too_large')
  })

  it('is not there is a failure of kind refused', async () => {
    const port = await freePort()
    expect((await failureOf(fetchJson(`http://127.0.0.1:${port}`, SHORT))).kind).toBe('refused')
    expect((await failureOf(fetchJson(`http://localhost:${port}`, SHORT))).kind).toBe('refused')
  })

  it('answers a plain request on a TLS address is a failure of kind bad_output', async () => {
    const server = await serve((_, response) => sendJson(response, {}))
    const url = server.url.replace('http:', 'https:')
    expect((await failureOf(fetchJson(url, SHORT))).kind).toBe('bad_output')
  })
})

describe('httpRequest', () => {
  it('asks for no compression and understands it all the same', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'))
    })
    expect(await fetchJson(server.url)).toEqual({ a: 1 })
    expect(server.headers[0]).not.toHaveProperty('accept-encoding')
  })

  it('sends JSON with its length and a token as Bearer', async () => {
    const server = await serve((_, response) => sendJson(response, {}))
    await fetchJson(server.url, { method: 'POST', json: { name: 'é' }, token: 'secret' })
    expect(server.headers[0]).toMatchObject({
      'content-type': 'application/json',
      'content-length': '13',
      authorization: 'Bearer secret',
    })
  })

  it('streams an upload from chunks', async () => {
    let received = 0
    const server = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => (received += chunk.byteLength))
      request.on('end', () => sendJson(response, {}))
    })
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 50; index++) yield ZEROS
    }
    await fetchJson(server.url, { method: 'POST', body: chunks() })
    expect(received).toBe(50 * ZEROS.byteLength)
  })

  it('keeps queries, user info and tokens out of its messages', async () => {
    const server = await serve((_, response) => sendJson(response, {}, 403))
    const failure = await failureOf(fetchJson(`${server.url}/x?sig=hidden`, { token: 'secret' }))
    expect(failure).toMatchObject({ kind: 'http_error', status: 403, code: 'AUTH_REQUIRED' })
    expect(failure.message).toBe(`${server.url}/x answered 403`)
    const withUser = await failureOf(fetchJson('http://me:hidden@127.0.0.1/'))
    expect(withUser.kind).toBe('bad_address')
    expect(withUser.message).not.toContain('hidden')
  })

  it('refuses a token that no header can hold without showing it', async () => {
    const failure = await failureOf(fetchJson('http://127.0.0.1:9/', { token: 'sec\nret' }))
    expect(failure.kind).toBe('bad_address')
    expect(failure.message).not.toMatch(/sec|ret$/)
  })

  it.each(['', 'nonsense', 'ftp://127.0.0.1/', 'file:///etc/passwd'])(
    'refuses the address "%s"',
    async (url) => {
      expect((await failureOf(httpRequest(url))).kind).toBe('bad_address')
    },
  )

  it('stops when its caller does, before and during the answer', async () => {
    const server = await serve((_, response) => void response.write('x'))
    expect((await failureOf(fetchText(server.url, { signal: AbortSignal.abort() }))).kind).toBe('cancelled')
    const controller = new AbortController()
    const response = await httpRequest(server.url, { signal: controller.signal })
    const abortAtFirst = async (): Promise<void> => {
      for await (const chunk of response.body) if (chunk.byteLength > 0) controller.abort()
    }
    const reading = failureOf(abortAtFirst())
    expect((await reading).kind).toBe('cancelled')
    await expect.poll(() => server.openSockets()).toBe(0)
  })

  it('gives a slow reader its time', async () => {
    const server = await serve((_, response) => {
      for (let index = 0; index < 64; index++) response.write(ZEROS)
      response.end()
    })
    const response = await httpRequest(server.url, { idle_s: 0.1 })
    let bytes = 0
    for await (const chunk of response.body) {
      if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 250))
      bytes += chunk.byteLength
    }
    expect(bytes).toBe(64 * ZEROS.byteLength)
  })

  it('closes the connection of a body that nobody reads', async () => {
    const server = await serve((_, response) => void response.write('x'))
    const response = await httpRequest(server.url)
    response.close()
    await expect.poll(() => server.openSockets()).toBe(0)
  })
})
