import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  fetchRange,
  parseContentRange,
  parseJson,
  readBounded,
  readLines,
  readNdjson,
  retryAfterSeconds,
  type HttpResponse,
} from '../../src/http/index.js'
import { startServer, type FaultServer } from './fault-server.js'

let server: FaultServer | undefined
afterEach(async () => server?.close())

function bodyOf(...chunks: (string | Uint8Array)[]): HttpResponse {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  }
  return { url: 'http://127.0.0.1/', status: 200, headers: {}, body: body(), close: () => {} }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

describe('readLines', () => {
  it('gives the same lines however the bytes are cut into chunks', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replace(/[\r\n]/g, ''))),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        )
        expect(await all(readLines(bodyOf(...chunks)))).toEqual(lines)
      },
    )
    await fc.assert(property, { numRuns: 200 })
  })

  it('takes CRLF and a last line without end', async () => {
    expect(await all(readLines(bodyOf('a\r\n\r', '\nb')))).toEqual(['a', '', 'b'])
  })

  it('refuses a line above its limit', async () => {
    await expect(all(readLines(bodyOf('x'.repeat(50), 'x'.repeat(51)), 100))).rejects.toMatchObject({
      kind: 'too_large',
    })
  })
})

describe('readNdjson', () => {
  it('gives one value a line and skips empty lines', async () => {
    expect(await all(readNdjson(bodyOf('{"a":1}\n\n[2]')))).toEqual([{ a: 1 }, [2]])
  })

  it('refuses a line that is no JSON', async () => {
    await expect(all(readNdjson(bodyOf('{"a":1}\n<html>\n')))).rejects.toMatchObject({ kind: 'bad_output' })
  })
})

describe('readBounded', () => {
  it('refuses one byte more than allowed', async () => {
    expect(await readBounded(bodyOf('12', '34'), 4)).toHaveLength(4)
    await expect(readBounded(bodyOf('12', '345'), 4)).rejects.toMatchObject({ kind: 'too_large' })
  })
})

describe('parseJson', () => {
  it('counts brackets in nesting only, not in text', () => {
    expect(parseJson(JSON.stringify({ a: '[{"'.repeat(100) }))).toEqual({ a: '[{"'.repeat(100) })
    expect(() => parseJson('['.repeat(65) + ']'.repeat(65))).toThrow('nested deeper than 64')
    expect(parseJson('['.repeat(64) + ']'.repeat(64))).toBeInstanceOf(Array)
  })
})

describe('fetchRange', () => {
  const FILE = Buffer.from('0123456789')

  async function serveFile(ranges: boolean): Promise<string> {
    server = await startServer((request, response) => {
      const match = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '')
      if (!ranges || !match) return void response.writeHead(200, { 'content-length': FILE.length }).end(FILE)
      const [start, end] = [Number(match[1]), Math.min(Number(match[2]), FILE.length - 1)]
      if (start >= FILE.length) return void response.writeHead(416).end()
      const headers = { 'content-range': `bytes ${start}-${end}/${FILE.length}` }
      response.writeHead(206, headers).end(FILE.subarray(start, end + 1))
    })
    return server.url
  }

  it('reads a part and says how large the whole is', async () => {
    const answer = await fetchRange(await serveFile(true), { start: 3, length: 4 })
    expect([Buffer.from(answer.bytes).toString(), answer.total_bytes]).toEqual(['3456', 10])
  })

  it('gives fewer bytes where the file ends', async () => {
    const answer = await fetchRange(await serveFile(true), { start: 8, length: 100 })
    expect(Buffer.from(answer.bytes).toString()).toBe('89')
  })

  it('is http_error 416 behind the end', async () => {
    const asked = fetchRange(await serveFile(true), { start: 10, length: 1 })
    await expect(asked).rejects.toMatchObject({ kind: 'http_error', status: 416 })
  })

  it('reads only the start of a server without ranges', async () => {
    const url = await serveFile(false)
    const answer = await fetchRange(url, { start: 0, length: 4 })
    expect([Buffer.from(answer.bytes).toString(), answer.total_bytes]).toEqual(['0123', 10])
    await expect(fetchRange(url, { start: 1, length: 4 })).rejects.toMatchObject({ kind: 'bad_output' })
  })

  it.each(['bytes 0-3/10', 'bytes 4-9/10', 'nonsense'])('refuses the wrong part "%s"', async (range) => {
    server = await startServer((_, response) => {
      response.writeHead(206, { 'content-range': range }).end('0123')
    })
    const asked = fetchRange(server.url, { start: 4, length: 4 })
    await expect(asked).rejects.toMatchObject({ kind: 'bad_output' })
  })
})

describe('headers', () => {
  it('are read strictly', () => {
    expect(parseContentRange('bytes 0-99/1234')).toEqual({ start: 0, end: 99, total_bytes: 1234 })
    expect(parseContentRange('bytes 0-99/*')).toEqual({ start: 0, end: 99, total_bytes: null })
    expect(parseContentRange('bytes */10')).toBeNull()
    expect(retryAfterSeconds('120')).toBe(120)
    expect(retryAfterSeconds('Thu, 01 Jan 1970 00:01:00 GMT', 0)).toBe(60)
    expect(retryAfterSeconds('soon')).toBeUndefined()
  })
})
