import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startFake } from './start.js'

const server = await startFake()

interface Raw {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** An answer with the bytes as they came. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request(`${server.url}${path}`, { method, headers }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
    })
      .on('error', reject)
      .end()
  })
}

describe.each([
  '/api/model/catalog',
  '/api/model/recommendations?vram_gb=24',
  '/api/model/qwen3%3A8b/quantizations',
])('the answer of %s', async (path) => {
  const plain = await ask(path)

  it('is plain, whole and named by a tag for a client that asks for nothing', () => {
    expect(plain.status).toBe(200)
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.headers).toMatchObject({
      'content-length': String(plain.body.byteLength),
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
      etag: expect.stringMatching(/^"[\w-]{24}"$/),
    })
  })

  it.each([
    ['gzip, deflate', 'gzip', gunzipSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
  ] as const)('is the same in %s', async (accepted, coding, decode) => {
    const coded = await ask(path, { 'accept-encoding': accepted })
    expect(coded.headers['content-encoding']).toBe(coding)
    expect(coded.headers.etag).not.toBe(plain.headers.etag)
    expect(coded.headers['content-length']).toBe(String(coded.body.byteLength))
    expect(coded.body.byteLength).toBeLessThan(plain.body.byteLength / 3)
    expect(decode(coded.body).equals(plain.body)).toBe(true)
  })

  it('is not sent again to who has it, coding by coding', async () => {
    const tag = plain.headers.etag ?? ''
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const { status, body, headers } = await ask(path, { 'if-none-match': known })
      expect([status, body.byteLength, headers.etag]).toEqual([304, 0, tag])
    }
    expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200)
    expect((await ask(path, { 'if-none-match': tag, 'accept-encoding': 'gzip' })).status).toBe(200)
  })

  it('has its length and no body for HEAD', async () => {
    const { status, body, headers } = await ask(path, {}, 'HEAD')
    expect([status, body.byteLength]).toEqual([200, 0])
    expect(headers['content-length']).toBe(plain.headers['content-length'])
  })
})

it('leaves small answers as they are', async () => {
  const { headers } = await ask('/health', { 'accept-encoding': 'gzip, br' })
  expect(headers['content-encoding']).toBeUndefined()
})
