import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { downloadFile } from '../../src/install/download-file.js'
import type { DownloadContext } from '../../src/install/download-file.js'
import { fetchHubFile } from '../../src/install/fetch-hub-file.js'
import { readPartialBytes } from '../../src/install/partial-file.js'
import { sendPart, serveFile, sha256, startHub } from './fake-hub.js'
import type { FakeHub, Handler } from './fake-hub.js'

vi.mock('node:timers/promises', () => import('./quick-pauses.js'))

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 251))
const FILE = { repo: 'owner/repo', name: 'folder/Model One-Q4_K_M.gguf' }

let folder: string
let hub: FakeHub | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-download-'))
})
afterEach(async () => {
  await hub?.close()
  hub = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function download(handler: Handler, more: Partial<DownloadContext> = {}) {
  hub ??= await startHub(handler)
  const to = { endpoint: hub.endpoint, token: undefined }
  const target = join(folder, 'out', 'model.gguf')
  const seen: number[] = []
  const file = await fetchHubFile(FILE, to)
  const context = {
    home: folder,
    hub: to,
    signal: undefined,
    onProgress: (bytes: number) => void seen.push(bytes),
    ...more,
  }
  const run = () => downloadFile(file, target, context)
  return { run, target, file, seen, hub }
}

describe('downloadFile', () => {
  it('brings a verified file under its final name and leaves no partial file', async () => {
    const { run, target, file, seen } = await download(serveFile(CONTENT))
    await run()
    expect(sha256(readFileSync(target))).toBe(sha256(CONTENT))
    expect(await readPartialBytes(folder, file)).toBe(0)
    expect(seen.at(-1)).toBe(CONTENT.byteLength)
  })

  it('percent-encodes every segment of the name', async () => {
    const { run, hub } = await download(serveFile(CONTENT))
    await run()
    expect(hub.requests[0]).toBe('HEAD /owner/repo/resolve/main/folder/Model%20One-Q4_K_M.gguf')
  })

  it('costs no download where the file is complete already', async () => {
    const { run, hub } = await download(serveFile(CONTENT))
    await run()
    const before = hub.requests.length
    await run()
    expect(hub.requests.slice(before)).toEqual([])
  })

  it('refuses to replace a different file of that name', async () => {
    const { run, target } = await download(serveFile(CONTENT))
    await run()
    writeFileSync(target, 'mine')
    await expect(run()).rejects.toMatchObject({ code: 'GATE_CLOSED' })
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  it('resumes from the byte where a broken connection stopped', async () => {
    let broken = false
    const { run, target, hub } = await download((request, response) => {
      if (request.method === 'HEAD' || broken) return serveFile(CONTENT)(request, response)
      broken = true
      response.writeHead(200, { 'content-length': CONTENT.byteLength, etag: '"v1"' })
      response.write(CONTENT.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50))
    })
    await run()
    expect(sha256(readFileSync(target))).toBe(sha256(CONTENT))
    expect(hub.requests.at(-1)).toMatch(/bytes=100000-$/)
    expect(hub.headers.at(-1)?.['if-range']).toBe('"v1"')
  })

  it('starts from zero where the server ignores the range', async () => {
    let calls = 0
    const { run, target } = await download((request, response) => {
      if (request.method === 'HEAD') return serveFile(CONTENT)(request, response)
      response.writeHead(200, { 'content-length': CONTENT.byteLength })
      if (calls++ > 0) return void response.end(CONTENT)
      response.write(CONTENT.subarray(0, 50_000), () => setTimeout(() => response.destroy(), 50))
    })
    await run()
    expect(sha256(readFileSync(target))).toBe(sha256(CONTENT))
  })

  it('deletes what arrived damaged, names both hashes, and never gives it the final name', async () => {
    const announced = sha256(Buffer.from('another'))
    const { run, target, file } = await download(serveFile(CONTENT, announced))
    await expect(run()).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
      message: expect.stringContaining(announced),
    })
    await expect(run()).rejects.toMatchObject({ message: expect.stringContaining(sha256(CONTENT)) })
    expect(existsSync(target)).toBe(false)
    expect(await readPartialBytes(folder, file)).toBe(0)
  })

  it('cuts off a body that is longer than announced', async () => {
    const { run, target } = await download((request, response) => {
      if (request.method === 'HEAD') return serveFile(CONTENT)(request, response)
      response.writeHead(200).end(Buffer.concat([CONTENT, CONTENT]))
    })
    await expect(run()).rejects.toMatchObject({ code: 'HASH_MISMATCH' })
    expect(existsSync(target)).toBe(false)
  })

  it('tells a web page from a file', async () => {
    const { run } = await download((request, response) => {
      if (request.method === 'HEAD') return serveFile(CONTENT)(request, response)
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>')
    })
    await expect(run()).rejects.toMatchObject({
      code: 'HTTP_ERROR',
      message: expect.stringContaining('web page'),
    })
  })

  it('sends the token to the hub and not to the host that it redirects to', async () => {
    const cdn = await startHub((request, response) => sendPart(request, response, CONTENT))
    hub = await startHub((request, response) => {
      if (request.method === 'HEAD') return serveFile(CONTENT)(request, response)
      response.writeHead(302, { location: `${cdn.endpoint.replace('127.0.0.1', 'localhost')}/blob` }).end()
    })
    const to = { endpoint: hub.endpoint, token: 'hf_secret' }
    const context = { home: folder, hub: to, signal: undefined, onProgress: () => undefined }
    await downloadFile(await fetchHubFile(FILE, to), join(folder, 'x.gguf'), context)
    expect(hub.headers.map((headers) => headers.authorization)).toEqual([
      'Bearer hf_secret',
      'Bearer hf_secret',
    ])
    expect(cdn.headers.map((headers) => headers.authorization)).toEqual([undefined])
    await cdn.close()
  })

  it('asks the hub for a fresh link where the old one has expired', async () => {
    let expired = true
    const cdn = await startHub((request, response) => {
      if (!expired) return sendPart(request, response, CONTENT)
      expired = false
      response.writeHead(403).end('expired')
    })
    const { run, target } = await download((request, response) => {
      if (request.method === 'HEAD') return serveFile(CONTENT)(request, response)
      response.writeHead(302, { location: `${cdn.endpoint}/blob` }).end()
    })
    await run()
    expect(existsSync(target)).toBe(true)
    await cdn.close()
  })

  it('keeps what has arrived where the user interrupts', async () => {
    const stop = new AbortController()
    const { run, file, target } = await download(
      (request, response) => {
        if (request.method === 'HEAD') return serveFile(CONTENT)(request, response)
        response.writeHead(200, { 'content-length': CONTENT.byteLength })
        response.write(CONTENT.subarray(0, 80_000), () => setTimeout(() => stop.abort(), 50))
      },
      { signal: stop.signal },
    )
    await expect(run()).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await readPartialBytes(folder, file)).toBe(80_000)
    expect(existsSync(target)).toBe(false)
  })

  it('lets only one of two download the same file', async () => {
    const { run, target } = await download((request, response) => {
      if (request.method === 'HEAD') return serveFile(CONTENT)(request, response)
      setTimeout(() => sendPart(request, response, CONTENT), 100)
    })
    const results = await Promise.allSettled([run(), run()])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'BUSY' } })
    expect(sha256(readFileSync(target))).toBe(sha256(CONTENT))
  })

  it('shows the head of the file to the gate, once, before the rest is fetched', async () => {
    const { run, target, hub } = await download(serveFile(CONTENT), {
      inspect: async () => {
        throw new Error('refused by the gate')
      },
    })
    await expect(run()).rejects.toThrow('refused by the gate')
    expect(existsSync(target)).toBe(false)
    expect(hub.requests).toHaveLength(2)
  })
})
