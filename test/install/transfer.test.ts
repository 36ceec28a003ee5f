import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { downloadFile } from '../../src/install/download-file.js'
import type { DownloadContext } from '../../src/install/download-file.js'
import { readPartialBytes } from '../../src/install/partial-file.js'
import { sendPart, sha256, startHub } from './fake-hub.js'
import type { FakeHub, Handler } from './fake-hub.js'

vi.mock('node:timers/promises', () => import('./quick-pauses.js'))

const CONTENT = Buffer.from(Array.from({ length: 120_000 }, (_, index) => (index * 31) % 251))

let folder: string
let hub: FakeHub | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-transfer-'))
})
afterEach(async () => {
  await hub?.close()
  hub = undefined
  rmSync(folder, { recursive: true, force: true })
})

async function start(handler: Handler, more: Partial<DownloadContext> = {}) {
  hub = await startHub(handler)
  const file = {
    repo: 'o/r',
    name: 'x.gguf',
    url: `${hub.endpoint}/x`,
    bytes: CONTENT.byteLength,
    sha256: sha256(CONTENT),
  }
  const target = join(folder, 'x.gguf')
  const to = { endpoint: hub.endpoint, token: undefined }
  const context = { home: folder, hub: to, signal: undefined, onProgress: () => undefined, ...more }
  return { run: () => downloadFile(file, target, context), file, target, hub }
}

/** Sends so many bytes of the file, then breaks the connection. */
function breakAfter(bytes: number): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': CONTENT.byteLength, etag: '"v1"' })
    response.write(CONTENT.subarray(0, bytes), () => setTimeout(() => response.destroy(), 50))
  }
}

describe('a transfer', () => {
  it('guards the range with the tag of the first answer, in another process too', async () => {
    const stop = new AbortController()
    const first = await start(
      (request, response) => {
        breakAfter(50_000)(request, response)
        setTimeout(() => stop.abort(), 30)
      },
      { signal: stop.signal },
    )
    await expect(first.run()).rejects.toMatchObject({ code: 'CANCELLED' })
    await first.hub.close()
    const second = await start((request, response) => sendPart(request, response, CONTENT))
    await second.run()
    expect(second.hub.headers[0]).toMatchObject({ range: 'bytes=50000-', 'if-range': '"v1"' })
    expect(sha256(readFileSync(second.target))).toBe(sha256(CONTENT))
  })

  it('takes a host that asks for hours of patience at its word', async () => {
    const cdn = await startHub(
      (_request, response) => void response.writeHead(429, { 'retry-after': '7200' }).end(),
    )
    const { run } = await start((_request, response) => {
      response.writeHead(302, { location: `${cdn.endpoint}/blob` }).end()
    })
    await expect(run()).rejects.toMatchObject({
      code: 'HTTP_ERROR',
      message: "the file's host answered 429 and asks to wait 7200 seconds",
    })
    expect(cdn.requests).toHaveLength(1)
    await cdn.close()
  })

  it('says so at once where the host keeps a file of another size', async () => {
    const short = CONTENT.subarray(0, 100_000)
    const { run, file } = await start((request, response) => {
      if (request.headers.range)
        return void response.writeHead(416, { 'content-range': 'bytes */100000' }).end()
      response.writeHead(200, { 'content-length': short.byteLength }).end(short)
    })
    await expect(run()).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
      message: 'the file has 100000 bytes where it is kept, and the hub announced 120000',
    })
    expect(await readPartialBytes(folder, file)).toBe(0)
  })

  it('does not read a body that announces more than the hub did', async () => {
    const { run, hub } = await start((_request, response) => {
      response
        .writeHead(200, { 'content-length': CONTENT.byteLength + 1 })
        .end(Buffer.concat([CONTENT, Buffer.alloc(1)]))
    })
    await expect(run()).rejects.toMatchObject({ code: 'HASH_MISMATCH' })
    expect(hub.requests).toHaveLength(1)
  })

  it('keeps what is there where a web page comes instead of the rest', async () => {
    let calls = 0
    const { run, file } = await start((request, response) => {
      if (calls++ === 0) return breakAfter(60_000)(request, response)
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>')
    })
    await expect(run()).rejects.toMatchObject({ code: 'HTTP_ERROR' })
    expect(await readPartialBytes(folder, file)).toBe(60_000)
  })

  it.each(['ftp://x/y', 'http://user@127.0.0.1/y', 'file:///etc/passwd'])(
    'blames the server for a link to %s',
    async (location) => {
      const { run } = await start((_request, response) => void response.writeHead(302, { location }).end())
      await expect(run()).rejects.toMatchObject({ code: 'HTTP_ERROR' })
    },
  )

  it('does not fetch again what another process has just brought', async () => {
    const { run, target, hub } = await start((request, response) => sendPart(request, response, CONTENT))
    const both = await Promise.allSettled([run(), run().catch(() => run())])
    expect(both.map(({ status }) => status)).toContain('fulfilled')
    expect(existsSync(target)).toBe(true)
    expect(hub.requests).toHaveLength(1)
  })

  it('does not replace a file that came to stand there meanwhile', async () => {
    const { run, target } = await start((request, response) => {
      writeFileSync(target, 'mine')
      sendPart(request, response, CONTENT)
    })
    await expect(run()).rejects.toMatchObject({ code: 'GATE_CLOSED' })
    expect(readFileSync(target, 'utf8')).toBe('mine')
  })

  it('says before the first request that a name is too long for the disk', async () => {
    const { hub, file } = await start((request, response) => sendPart(request, response, CONTENT))
    const context = {
      home: folder,
      hub: { endpoint: '', token: undefined },
      signal: undefined,
      onProgress: () => undefined,
    }
    await expect(downloadFile(file, join(folder, 'x'.repeat(300)), context)).rejects.toMatchObject({
      code: 'FILE_ERROR',
    })
    expect(hub.requests).toEqual([])
  })
})
