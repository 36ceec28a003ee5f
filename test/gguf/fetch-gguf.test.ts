import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchGguf } from '../../src/gguf/index.js'
import { SMALL_MODEL, type Typed, writeGguf } from './write-gguf.js'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

/** A server of our own; gives its address. */
async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

/** Serves parts of a file, as a CDN does. */
function sendPart(bytes: Uint8Array, request: IncomingMessage, response: ServerResponse): void {
  const [, start = '0', end = '0'] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
  const last = Math.min(Number(end), bytes.byteLength - 1)
  const range = `bytes ${start}-${last}/${bytes.byteLength}`
  response.writeHead(206, { 'content-range': range, 'content-length': last - Number(start) + 1 })
  response.end(bytes.subarray(Number(start), last + 1))
}

const SPEC = 'hf:some/repo/model.gguf'
const env = (endpoint: string, token?: string) => ({ HF_ENDPOINT: endpoint, HF_TOKEN: token })

/** A header of more than one request: a vocabulary of long entries, then tensor data that is never read. */
const LARGE = writeGguf({
  metadata: [
    ...SMALL_MODEL.metadata,
    ['tokenizer.ggml.merges', ['array', 'string', Array<string>(50_000).fill('x'.repeat(60))]],
  ],
  tensors: [...SMALL_MODEL.tensors, { name: 'output.weight', shape: [1_000_000], type: 0, bytes: 4_000_000 }],
})

const failure = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })

describe('fetchGguf', () => {
  it('reads a header by ranges and no tensor data', async () => {
    const ranges: string[] = []
    const endpoint = await serve((request, response) => {
      ranges.push(`${request.url} ${request.headers.range}`)
      sendPart(LARGE, request, response)
    })
    const header = await fetchGguf(SPEC, { env: env(endpoint) })
    expect(header.weights.block_bytes).toEqual([4352, 8192])
    expect(header.file_bytes).toBe(LARGE.byteLength)
    expect(ranges).toHaveLength(2)
    expect(ranges[0]).toBe('/some/repo/resolve/main/model.gguf bytes=0-2097151')
  })

  it('keeps the token from the CDN and asks the hub once', async () => {
    const seen: [string, string | undefined][] = []
    const cdn = await serve((request, response) => {
      seen.push(['cdn', request.headers.authorization])
      sendPart(LARGE, request, response)
    })
    const hub = await serve((request, response) => {
      seen.push(['hub', request.headers.authorization])
      response.writeHead(302, { location: `${cdn}/signed?key=1` }).end()
    })
    await fetchGguf(SPEC, { env: env(hub, 'hf_secret') })
    expect(seen).toEqual([
      ['hub', 'Bearer hf_secret'],
      ['cdn', undefined],
      ['cdn', undefined],
    ])
  })

  it('asks the hub for a fresh link when the old one has expired', async () => {
    let links = 0
    const cdn = await serve((request, response) => {
      const isFirst = request.headers.range?.startsWith('bytes=0-') === true
      if (request.url === '/1' && !isFirst) response.writeHead(403).end('expired')
      else sendPart(LARGE, request, response)
    })
    const hub = await serve((_request, response) => {
      response.writeHead(302, { location: `${cdn}/${++links}` }).end()
    })
    expect((await fetchGguf(SPEC, { env: env(hub) })).parts).toBe(1)
    expect(links).toBe(2)
  })

  it('works with a server that only sends whole files', async () => {
    const endpoint = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': LARGE.byteLength }).end(LARGE)
    })
    expect((await fetchGguf(SPEC, { env: env(endpoint) })).tensors).toHaveLength(5)
  })

  it('reads all parts of a split model', async () => {
    const { metadata, tensors } = SMALL_MODEL
    const split = (no: number): [string, Typed][] => [
      ['split.no', ['u32', no]],
      ['split.count', ['u32', 2]],
    ]
    const parts = [
      writeGguf({ metadata: [...metadata, ...split(0)], tensors: tensors.slice(0, 3) }),
      writeGguf({ metadata: split(1), tensors: tensors.slice(3) }),
    ]
    const endpoint = await serve((request, response) => {
      const part = request.url?.includes('-00001-of-') === true ? parts[0] : parts[1]
      sendPart(part ?? Buffer.alloc(0), request, response)
    })
    const spec = 'hf:some/repo/Q4/m-00002-of-00002.gguf'
    const header = await fetchGguf(spec, { env: env(endpoint) })
    expect(header).toMatchObject({ parts: 2, weights: { block_bytes: [4352, 8192] } })
  })

  it.each([
    [401, 'AUTH_REQUIRED', /HF_TOKEN/],
    [403, 'AUTH_REQUIRED', /HF_TOKEN/],
    [404, 'HTTP_ERROR', /owner, repository and file/],
  ])('says what to do about status %i', async (status, code, hint) => {
    const endpoint = await serve((_request, response) => {
      response.writeHead(status).end('GGUF is what this body begins with')
    })
    await expect(fetchGguf(SPEC, { env: env(endpoint) })).rejects.toThrow(
      expect.objectContaining({ code, hint: expect.stringMatching(hint) }),
    )
  })

  it('refuses a page that is sent as a file', async () => {
    const page = Buffer.from('<!doctype html><title>sign in</title>')
    const endpoint = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': page.length }).end(page)
    })
    await expect(fetchGguf(SPEC, { env: env(endpoint) })).rejects.toThrow(failure('BAD_FILE', /web page/))
  })

  it('refuses a file that changes size while it is read', async () => {
    const endpoint = await serve((request, response) => {
      const isFirst = request.headers.range?.startsWith('bytes=0-') === true
      sendPart(isFirst ? LARGE : Buffer.concat([LARGE, Buffer.alloc(9)]), request, response)
    })
    await expect(fetchGguf(SPEC, { env: env(endpoint) })).rejects.toThrow(
      failure('BAD_FILE', /changed while/),
    )
  })

  it('stops when told to', async () => {
    const endpoint = await serve(() => undefined)
    const stop = new AbortController()
    const reading = fetchGguf(SPEC, { env: env(endpoint), signal: stop.signal })
    setTimeout(() => stop.abort(), 20)
    await expect(reading).rejects.toThrow(failure('CANCELLED', /./))
  })

  it('asks nobody about a bad spec', async () => {
    let asked = 0
    const endpoint = await serve((_request, response) => {
      asked++
      response.end()
    })
    await expect(fetchGguf('hf:a/../x.gguf', { env: env(endpoint) })).rejects.toThrow(
      failure('BAD_USAGE', /Hugging Face/),
    )
    expect(asked).toBe(0)
  })

  it('ends a header that never does, having asked for no more than it may', async () => {
    const endless = Buffer.alloc(2 * 1024 ** 2)
    let sent = 0
    const fetchRange = async (_address: string | URL, range: { start: number; length: number }) => {
      sent += range.length
      const bytes = range.start === 0 ? Buffer.concat([HOSTILE, endless]) : endless
      return {
        bytes: bytes.subarray(0, range.length),
        total_bytes: 1e12,
        url: 'https://cdn.example/x',
        headers: { 'content-range': 'bytes' },
      }
    }
    await expect(fetchGguf(SPEC, { fetchRange })).rejects.toThrow(failure('BAD_FILE', /larger than/))
    expect(sent).toBeLessThan(100 * 1024 ** 2)
  })
})

/** Claims 2^36 empty strings; every zero byte behind it is part of one. */
const HOSTILE = (() => {
  const bytes = writeGguf({ metadata: [['k', ['array', 'string', ['', '']]]] }).subarray(0, 24 + 9 + 16)
  bytes.writeBigUInt64LE(2n ** 36n, 24 + 9 + 8)
  return bytes
})()
