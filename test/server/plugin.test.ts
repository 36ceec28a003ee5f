import { createServer } from 'node:http'
import { fastify as createFastify } from 'fastify'
import type { FastifyInstance } from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { almanacPlugin } from '../../src/server/index.js'
import type { AlmanacPluginOptions } from '../../src/server/index.js'
import { fakeWorld } from './fake-ports.js'

/** An application with rules of its own, most of them unlike ours. */
function foreignApp(): FastifyInstance {
  const app = createFastify({ routerOptions: { maxParamLength: 4096 } })
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_, body, done) => done(null, body))
  app.setErrorHandler(async (error, _, reply) => reply.code(418).send({ host: String(error) }))
  app.setNotFoundHandler(async (_, reply) => reply.code(404).send({ host: 'not found' }))
  // Schemas of another language, as a type provider brings them.
  app.setValidatorCompiler(({ schema }) => {
    if (!(schema instanceof Function)) throw new TypeError('the host wants functions')
    return (data) => schema(data)
  })
  app.setSerializerCompiler(() => (data) => JSON.stringify({ host: data }))
  app.get('/own', { schema: { response: { 200: {} } } }, async () => ({ own: true }))
  app.post('/own', async ({ body }) => ({ body }))
  app.get('/broken', async () => Promise.reject(new Error('host bug')))
  return app
}

async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(() => app.close())
  const address = app.server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

async function hostWith(options: AlmanacPluginOptions & { prefix?: string } = {}) {
  const app = foreignApp()
  const world = fakeWorld()
  await app.register(almanacPlugin, { ports: world.ports, ...options })
  return { app, world, url: await listen(app) }
}

const json = { 'content-type': 'application/json' }

describe('the plugin in an application of somebody else', async () => {
  const { url } = await hostWith()

  it('answers under its own rules', async () => {
    const catalog = await fetch(`${url}/api/model/catalog`)
    expect(await catalog.json()).toMatchObject({ count: expect.any(Number), models: expect.any(Array) })
    expect(catalog.headers.get('x-content-type-options')).toBe('nosniff')
    const contexts = await fetch(`${url}/api/model/contexts`)
    expect(await contexts.json()).toMatchObject({
      status: 'success',
      contexts: { 'qwen3:8b': { max: 40_960 } },
    })
    const bad = await fetch(`${url}/api/model/recommendations?vram_gb=24gb`)
    expect([bad.status, await bad.json()]).toEqual([400, { detail: 'vram_gb is a plain decimal number' }])
    const unknown = await fetch(`${url}/api/model/nobody/quantizations`)
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { detail: expect.stringContaining('nobody') },
    ])
  })

  it('keeps other pages out of its routes only', async () => {
    const headers = { ...json, origin: 'http://evil.example' }
    const body = '{"context_size":4096}'
    const ours = await fetch(`${url}/api/model/context/qwen3%3A8b`, { method: 'POST', headers, body })
    expect([ours.status, await ours.json()]).toEqual([403, { detail: expect.any(String) }])
    expect((await fetch(`${url}/own`, { method: 'POST', headers, body })).status).toBe(200)
  })

  it("leaves the host's handlers, parsers and serializers alone", async () => {
    expect(await (await fetch(`${url}/own`)).json()).toEqual({ host: { own: true } })
    const text = await fetch(`${url}/own`, {
      method: 'POST',
      body: 'plain',
      headers: { 'content-type': 'text/plain' },
    })
    expect(await text.json()).toEqual({ body: 'plain' })
    const broken = await fetch(`${url}/broken`)
    expect([broken.status, await broken.json()]).toEqual([418, { host: 'Error: host bug' }])
    expect(broken.headers.get('x-content-type-options')).toBeNull()
    const nowhere = await fetch(`${url}/nowhere`)
    expect([nowhere.status, await nowhere.json()]).toEqual([404, { host: 'not found' }])
  })

  it('takes the WebSockets of its own paths, and none of the others', async () => {
    const { app, url: other } = await hostWith()
    app.server.on('upgrade', (request, socket) => {
      if (request.url === '/theirs') socket.end('HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n')
    })
    const answer = (path: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${other.replace('http', 'ws')}${path}`)
        socket.on('open', () => (socket.close(), resolve('open')))
        socket.on('error', (error) => resolve(error.message))
      })
    expect(await answer('/api/model/pull-ws')).toBe('open')
    expect(await answer('/theirs')).toContain('418')
  })
})

describe('the prefix of the plugin', () => {
  it.each([
    ['its own option', { api_prefix: '/llm' }, '/llm'],
    ["Fastify's", { prefix: '/v1/local' }, '/v1/local'],
  ])('is given by %s', async (_, options, prefix) => {
    const { url } = await hostWith(options)
    expect((await fetch(`${url}${prefix}/tiers`)).status).toBe(200)
    expect((await fetch(`${url}/api/model/tiers`)).status).toBe(404)
    const socket = new WebSocket(`${url.replace('http', 'ws')}${prefix}/pull-ws`)
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
    socket.close()
  })

  it('may be that of a scope in which other routes are', async () => {
    const app = foreignApp()
    await app.register(
      async (scope) => {
        scope.get('/mine', async () => ({ mine: true }))
        await scope.register(almanacPlugin, { ports: fakeWorld().ports })
      },
      { prefix: '/scope' },
    )
    const url = await listen(app)
    expect((await fetch(`${url}/scope/mine`)).status).toBe(200)
    expect((await fetch(`${url}/scope/tiers`)).status).toBe(200)
  })
})

it('answers behind a server that the host brings', async () => {
  const app = createFastify({ serverFactory: (handler) => createServer(handler) })
  await app.register(almanacPlugin, { ports: fakeWorld().ports })
  expect((await fetch(`${await listen(app)}/api/model/tiers`)).status).toBe(200)
})

it('ends what it began when the host ends', async () => {
  const { app, world, url } = await hostWith()
  world.hanging.add('ollama')
  const asked = fetch(`${url}/api/model/ollama/status`).catch(() => null)
  await expect.poll(() => world.asked.get('ollama')).toBe(1)
  await app.close()
  await asked
})
