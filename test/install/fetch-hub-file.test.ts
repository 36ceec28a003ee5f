import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchHubFile } from '../../src/install/fetch-hub-file.js'
import { startHub } from './fake-hub.js'
import type { FakeHub } from './fake-hub.js'

vi.mock('node:timers/promises', () => import('./quick-pauses.js'))

const FILE = { repo: 'owner/repo', name: 'folder/Model One-Q4_K_M.gguf' }

let hub: FakeHub | undefined
afterEach(async () => {
  await hub?.close()
  hub = undefined
})

describe('fetchHubFile', () => {
  it('falls back to the file list where the headers say nothing', async () => {
    hub = await startHub((request, response) => {
      if (request.method === 'HEAD') return void response.writeHead(200).end()
      const list = [{ type: 'file', path: FILE.name, size: 5, lfs: { oid: 'a'.repeat(64), size: 5 } }]
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list))
    })
    const found = await fetchHubFile(FILE, { endpoint: hub.endpoint, token: undefined })
    expect(found).toMatchObject({ bytes: 5, sha256: 'a'.repeat(64) })
  })

  it('asks for the list of the very revision', async () => {
    hub = await startHub((_request, response) => void response.writeHead(405).end())
    const pinned = fetchHubFile({ ...FILE, revision: 'abc123' }, { endpoint: hub.endpoint, token: undefined })
    await expect(pinned).rejects.toMatchObject({ code: 'HTTP_ERROR' })
    expect(hub.requests.at(-1)).toBe(`GET /api/models/${FILE.repo}/tree/abc123?recursive=true`)
  })

  it.each(['http://[', 'http://elsewhere.example:99999/', 'javascript:alert(1)', ''])(
    'asks the file list where the hub sends it to %j',
    async (location) => {
      hub = await startHub((request, response) => {
        if (request.method === 'HEAD') return void response.writeHead(302, { location }).end()
        const list = [{ type: 'file', path: FILE.name, size: 5, lfs: { oid: 'a'.repeat(64), size: 5 } }]
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list))
      })
      const found = await fetchHubFile(FILE, { endpoint: hub.endpoint, token: undefined })
      expect(found).toMatchObject({ bytes: 5 })
    },
  )

  it.each([
    [404, 'UNKNOWN_MODEL'],
    [401, 'AUTH_REQUIRED'],
    [403, 'AUTH_REQUIRED'],
  ])('explains %d', async (status, code) => {
    hub = await startHub((_request, response) => void response.writeHead(status).end())
    await expect(fetchHubFile(FILE, { endpoint: hub.endpoint, token: undefined })).rejects.toMatchObject({
      code,
    })
  })

  it('names HF_TOKEN where the hub wants one', async () => {
    hub = await startHub((_request, response) => void response.writeHead(401).end())
    await expect(fetchHubFile(FILE, { endpoint: hub.endpoint, token: undefined })).rejects.toMatchObject({
      hint: expect.stringContaining('HF_TOKEN'),
    })
  })

  it('refuses a file whose size and hash nobody states', async () => {
    hub = await startHub((request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(request.method === 'HEAD' ? '' : '[]')
    })
    await expect(fetchHubFile(FILE, { endpoint: hub.endpoint, token: undefined })).rejects.toMatchObject({
      code: 'HTTP_ERROR',
    })
  })

  it('does not wait for a server that asks for more than a minute', async () => {
    hub = await startHub(
      (_request, response) => void response.writeHead(429, { 'retry-after': '3600' }).end(),
    )
    await expect(fetchHubFile(FILE, { endpoint: hub.endpoint, token: undefined })).rejects.toMatchObject({
      message: expect.stringContaining('3600 seconds'),
    })
    expect(hub.requests).toHaveLength(1)
  })
})
