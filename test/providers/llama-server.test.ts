import { afterEach, describe, expect, it } from 'vitest'
import { createProviders } from '../../src/providers/index.js'
import type { FaultServer } from '../http/fault-server.js'
import { freePort } from '../http/fault-server.js'
import { LLAMA_SERVER, providersAt, serveRoutes, Status, TABLE, type Routes } from './fake-servers.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(routes: Routes): Promise<FaultServer> {
  const server = await serveRoutes(routes)
  servers.push(server)
  return server
}

async function listOf(routes: Routes) {
  return providersAt({ LLAMA_SERVER_URL: (await serve(routes)).url })['llama-server'].list()
}

const loading = new Status(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } })

describe('the list of llama-server', () => {
  it('has the one model with the context of a slot', async () => {
    const report = await listOf(LLAMA_SERVER)
    expect(report).toMatchObject({ status: 'running', version: 'b9090-abc', problems: [] })
    expect(report.models).toHaveLength(1)
    expect(report.models[0]).toMatchObject({
      name: '/models/tiny-Q5_K_M.gguf',
      size_bytes: 900_000_000,
      loaded: true,
      context_length: 1024,
      max_context_length: 16384,
    })
  })

  it('is loading while the server says so, with or without its model', async () => {
    const closed = await listOf({ '*': loading })
    expect(closed).toMatchObject({ status: 'loading', models: [], problems: [{ kind: 'loading' }] })
    const data = [{ id: 'm', owned_by: 'llamacpp', meta: null }]
    const open = await listOf({ ...LLAMA_SERVER, 'GET /health': loading, 'GET /v1/models': { data } })
    expect(open).toMatchObject({ status: 'loading', models: [{ name: 'm', loaded: false }] })
  })

  it('is http_error for another 503', async () => {
    const report = await listOf({ '*': new Status(503, { error: { message: 'busy' } }) })
    expect(report.problems[0]).toMatchObject({ kind: 'http_error', message: expect.stringContaining('busy') })
  })

  it('has the models of a router with their states, also from /models', async () => {
    const entry = (id: string, value: string, args: string[] = []) => ({
      id,
      owned_by: 'llamacpp',
      status: { value, args },
    })
    const data = [
      entry('a', 'loaded', ['llama-server', '-c', '4096']),
      entry('b', 'unloaded'),
      entry('c', 'downloading'),
      entry('d', 'sleeping'),
    ]
    const report = await listOf({ 'GET /models': { data } })
    expect(report.models.map((model) => [model.name, model.loaded, model.context_length])).toEqual([
      ['a', true, 4096],
      ['b', false, null],
      ['d', false, null],
    ])
  })

  it('names its key where one is wanted', async () => {
    const body = { error: { code: 401, message: 'Invalid API Key', type: 'authentication_error' } }
    const report = await listOf({ 'GET /v1/models': new Status(401, body) })
    expect(report).toMatchObject({ status: 'needs_token', problems: [{ kind: 'auth_required' }] })
    expect(report.problems[0]?.hint).toContain('LLAMA_API_KEY')
  })

  it('is running with an empty router, which its properties prove', async () => {
    const report = await listOf({ ...LLAMA_SERVER, 'GET /v1/models': { data: null } })
    expect(report).toMatchObject({ status: 'running', models: [] })
  })

  it.each([
    ['a list of a wrong type', { data: 5 }],
    ['only broken items', { data: [1, null] }],
    ['garbage', '{"data":'],
  ])('is bad_output for %s', async (_name, body) => {
    expect((await listOf({ 'GET /v1/models': body })).problems[0]?.kind).toBe('bad_output')
  })

  it('uses the second default port where the first is silent', async () => {
    const server = await serve(LLAMA_SERVER)
    const table = TABLE.map((row) => ({ ...row, port: 9, other_ports: [server.port] }))
    table.forEach((row) => delete (row as { url_variable?: string }).url_variable)
    const provider = createProviders(table, {})['llama-server']
    expect(await provider.list()).toMatchObject({ status: 'running', url: server.url })
    expect(provider.url).toBe(server.url)
  })

  it('is not running where nobody listens, without a problem', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const report = await providersAt({ LLAMA_SERVER_URL: url })['llama-server'].list()
    expect(report).toMatchObject({ url, status: 'not_running', models: [], problems: [] })
  })
})
