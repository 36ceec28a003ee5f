import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchJson } from '../../src/http/index.js'
import { sendJson, startServer, type FaultServer } from './fault-server.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(listener: RequestListener, host?: string): Promise<FaultServer> {
  const server = await startServer(listener, host)
  servers.push(server)
  return server
}

describe('an address on this machine', () => {
  it('dials 127.0.0.1 for localhost', async () => {
    const server = await serve((_, response) => sendJson(response, { ok: true }))
    expect(await fetchJson(`http://localhost:${server.port}/`)).toEqual({ ok: true })
  })

  it('dials ::1 where localhost does not listen on 127.0.0.1', async (test) => {
    const server = await serve((_, response) => sendJson(response, { ok: 6 }), '::1').catch(() => undefined)
    if (!server) return test.skip()
    expect(await fetchJson(`http://localhost:${server.port}/`)).toEqual({ ok: 6 })
    expect(await fetchJson(`http://[::1]:${server.port}/`)).toEqual({ ok: 6 })
  })

  it('dials ::1 for 127.0.0.1 only where either is meant, and asks under the address that was given', async (test) => {
    const server = await serve((_, response) => sendJson(response, { ok: 6 }), '::1').catch(() => undefined)
    if (!server) return test.skip()
    const url = `http://127.0.0.1:${server.port}/`
    await expect(fetchJson(url)).rejects.toMatchObject({ kind: 'refused' })
    expect(await fetchJson(url, { either_loopback: true })).toEqual({ ok: 6 })
    expect(server.headers.map(({ host }) => host)).toEqual([`127.0.0.1:${server.port}`])
  })

  it('says so where nothing listens on either', async () => {
    const server = await serve((_, response) => sendJson(response, {}))
    await server.close()
    const asked = fetchJson(server.url, { either_loopback: true })
    await expect(asked).rejects.toMatchObject({ kind: 'refused' })
  })
})
