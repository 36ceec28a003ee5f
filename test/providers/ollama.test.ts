import { afterEach, describe, expect, it } from 'vitest'
import type { PullEvent } from '../../src/providers/index.js'
import { parseNumCtx } from '../../src/providers/ollama/parse-show.js'
import { parseParameterSize } from '../../src/providers/ollama/parse-tags.js'
import { readBody, sendJson, startServer, type FaultServer } from '../http/fault-server.js'
import { OLLAMA, providersAt, serveRoutes, Status, type Routes } from './fake-servers.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(routes: Routes): Promise<FaultServer> {
  const server = await serveRoutes({ ...OLLAMA, ...routes })
  servers.push(server)
  return server
}

async function ollamaWith(routes: Routes) {
  return providersAt({ OLLAMA_HOST: (await serve(routes)).url }).ollama
}

const tags = (...models: unknown[]): Routes => ({ 'GET /api/tags': { models } })

describe('the list of Ollama', () => {
  it('has what /api/tags says', async () => {
    const report = await (await ollamaWith({})).list()
    expect(report).toMatchObject({ status: 'running', version: '0.12.6', problems: [] })
    expect(report.models[0]).toMatchObject({
      name: 'tiny:1b',
      kind: 'chat',
      tools: true,
      quantization: 'Q4_K_M',
      size_bytes: 1_000_000_123,
      parameters: 1_200_000_000,
      max_context_length: 4096,
      context_length: null,
      loaded: false,
      local: true,
    })
  })

  it('has the context that /api/ps serves, not the maximum', async () => {
    const ps = { models: [{ name: 'tiny:1b', size: 3e9, size_vram: 0, context_length: 2048 }] }
    const [model] = (await (await ollamaWith({ 'GET /api/ps': ps })).list()).models
    expect(model).toMatchObject({
      loaded: true,
      context_length: 2048,
      memory_bytes: 3e9,
      gpu_memory_bytes: 0,
    })
  })

  it('does not claim to know what is loaded where /api/ps fails', async () => {
    const [model] = (await (await ollamaWith({ 'GET /api/ps': new Status(500, {}) })).list()).models
    expect(model?.loaded).toBeNull()
  })

  it('asks /api/show for what older servers leave out, once for one digest', async () => {
    const server = await serve({
      ...tags({ name: 'old:7b', digest: 'd1' }, { name: 'emb', digest: 'd2' }),
      'POST /api/show': {
        model_info: {
          'general.architecture': 'x.y',
          'x.y.context_length': 777,
          'general.parameter_count': 5,
        },
        capabilities: ['embedding'],
      },
    })
    const { ollama } = providersAt({ OLLAMA_HOST: server.url })
    const report = await ollama.list()
    expect(report.models.map((model) => [model.kind, model.max_context_length])).toEqual([
      ['embedding', 777],
      ['embedding', 777],
    ])
    await ollama.list()
    expect(server.requests.filter((request) => request === 'POST /api/show')).toHaveLength(2)
  })

  it('leaves the kind that the list states, and asks for details of models that are wanted', async () => {
    const listed = { details: { context_length: 2048 }, size: 1 }
    const ollama = await ollamaWith({
      ...tags(
        { name: 'embed', capabilities: ['embedding'], digest: 'a', ...listed },
        { name: 'known', capabilities: ['completion'], digest: 'b', ...listed },
      ),
      'POST /api/show': { capabilities: ['completion'], model_info: { 'general.architecture': 'llama' } },
    })
    const { models } = await ollama.list({ wantsDetails: ({ name }) => name === 'embed' })
    expect(models).toMatchObject([
      { name: 'embed', kind: 'embedding', gguf: { 'general.architecture': 'llama' } },
      { name: 'known', kind: 'chat', gguf: null },
    ])
  })

  it('asks for details that are only wanted of 200 models at most', async () => {
    const models = Array.from({ length: 300 }, (_, index) => ({
      name: `m${index}:1b`,
      digest: `d${index}`,
      capabilities: ['completion'],
      details: { context_length: 2048 },
    }))
    const server = await serve({
      ...tags(...models),
      'POST /api/show': { model_info: { 'general.architecture': 'llama' } },
    })
    const { ollama } = providersAt({ OLLAMA_HOST: server.url })
    for (let round = 0; round < 3; round++) await ollama.list({ wantsDetails: () => true })
    expect(server.requests.filter((request) => request === 'POST /api/show')).toHaveLength(200)
  })

  it('lists the models all the same where /api/show hangs', async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/api/show') return
      const models = Array.from({ length: 50 }, (_, index) => ({ name: `m${index}`, size: 5 }))
      if (request.url === '/') return void response.end('Ollama is running')
      sendJson(response, request.url === '/api/tags' ? { models } : {})
    })
    servers.push(server)
    const started = Date.now()
    const report = await providersAt({ OLLAMA_HOST: server.url }).ollama.list()
    expect(report).toMatchObject({ status: 'running', problems: [] })
    expect(report.models).toHaveLength(50)
    expect(Date.now() - started).toBeLessThan(4000)
  })

  it('marks cloud models and gives them no size', async () => {
    const ollama = await ollamaWith(
      tags(
        { name: 'a:120b-cloud', size: 384 },
        { name: 'b:cloud', size: 384 },
        { name: 'c', size: 384, remote_host: 'https://ollama.com:443' },
      ),
    )
    const { models } = await ollama.list()
    expect(models.map((model) => [model.local, model.size_bytes, model.loaded])).toEqual(
      Array.from({ length: 3 }, () => [false, null, null]),
    )
  })

  it.each([
    ['a null list', { models: null }, 0],
    ['an empty list', { models: [] }, 0],
    [
      'broken items among good ones',
      { models: [1, null, [], {}, { name: 7 }, { name: '' }, { name: 'ok' }] },
      1,
    ],
    ['a name twice', { models: [{ name: 'a' }, { name: 'a' }] }, 1],
  ])('takes %s', async (_name, body, count) => {
    const report = await (await ollamaWith({ 'GET /api/tags': body })).list()
    expect(report).toMatchObject({ status: 'running', problems: [] })
    expect(report.models).toHaveLength(count)
  })

  it.each([
    ['only broken items', { models: [1, { name: null }] }],
    ['no list', { models: 'many' }],
    ['an array', []],
    ['an error with status 200', { error: 'no space' }],
  ])('is bad_output for %s', async (_name, body) => {
    const report = await (await ollamaWith({ 'GET /api/tags': body })).list()
    expect(report).toMatchObject({ status: 'problem', models: [], problems: [{ kind: 'bad_output' }] })
  })

  it.each([[-5], [1.5], ['12'], [2 ** 60], [null]])('has no size for %j', async (size) => {
    const [model] = (await (await ollamaWith(tags({ name: 'a', size }))).list()).models
    expect(model?.size_bytes).toBeNull()
  })

  it.each([['unknown'], [''], [5], ['a\u0000b']])('has no quantization for %j', async (label) => {
    const ollama = await ollamaWith(tags({ name: 'a', details: { quantization_level: label } }))
    expect((await ollama.list()).models[0]?.quantization).toBeNull()
  })

  it('keeps a name with control characters verbatim', async () => {
    const name = 'evil\u001b[31m\r\nname'
    expect((await (await ollamaWith(tags({ name }))).list()).models[0]?.name).toBe(name)
  })
})

describe('deleteModel of Ollama', () => {
  it('removes exactly that name and takes the empty answer', async () => {
    const bodies: string[] = []
    const server = await startServer((request, response) => {
      if (request.method !== 'DELETE') return sendJson(response, OLLAMA['GET /api/tags'])
      void readBody(request).then((text) => {
        bodies.push(text)
        response.end()
      })
    })
    servers.push(server)
    const { ollama } = providersAt({ OLLAMA_HOST: server.url })
    await ollama.deleteModel('tiny:1b')
    expect(bodies.map((text) => JSON.parse(text) as unknown)).toEqual([{ model: 'tiny:1b', name: 'tiny:1b' }])
    await expect(ollama.deleteModel('tiny')).rejects.toThrow('no model of that name')
    expect(bodies).toHaveLength(1)
  })

  it('says what the server answers', async () => {
    const ollama = await ollamaWith({ 'DELETE /api/delete': new Status(500, { error: 'in use' }) })
    await expect(ollama.deleteModel('tiny:1b')).rejects.toThrow('in use')
  })
})

describe('pull of Ollama', () => {
  async function eventsOf(raw: unknown): Promise<PullEvent[]> {
    const ollama = await ollamaWith({ 'POST /api/pull': raw })
    const events: PullEvent[] = []
    for await (const event of ollama.pull('tiny:1b')) events.push(event)
    return events
  }

  it('gives every event, an error inside the 200 answer too', async () => {
    const lines = [
      '{"status":"pulling ab","digest":"sha256:ab","total":10,"completed":4}',
      '{"error":"no space"}',
    ]
    const [layer, error] = await eventsOf(lines.join('\n'))
    expect(layer).toMatchObject({ digest: 'sha256:ab', total_bytes: 10, completed_bytes: 4, error: null })
    expect(error).toMatchObject({ status: null, error: 'no space' })
  })

  it('ends without an event where the answer is empty', async () => {
    expect(await eventsOf('')).toEqual([])
  })

  it('throws for a status that is no success and for a line that is no JSON', async () => {
    await expect(eventsOf(new Status(400, { error: 'invalid model name' }))).rejects.toThrow(
      'invalid model name',
    )
    await expect(eventsOf('<html>\n')).rejects.toMatchObject({ kind: 'bad_output' })
  })
})

describe('tinyCompletion of Ollama', () => {
  it('asks for one token and names the model that answered', async () => {
    const ollama = await ollamaWith({ 'POST /api/generate': { model: 'tiny:1b', response: 'H', done: true } })
    expect(await ollama.tinyCompletion('tiny:1b')).toBe('tiny:1b')
  })

  it.each([
    ['an error inside 200', { error: 'out of memory' }, 'out of memory'],
    ['a status', new Status(404, { error: "model 'x' not found" }), 'not found'],
    ['something else', { ok: true }, 'did not answer'],
  ])('throws for %s', async (_name, answer, message) => {
    await expect((await ollamaWith({ 'POST /api/generate': answer })).tinyCompletion('x')).rejects.toThrow(
      message,
    )
  })
})

describe('small parsers', () => {
  it('read counts and parameters as Ollama writes them', () => {
    expect(parseParameterSize('307.58M')).toBe(307_580_000)
    expect(parseParameterSize('756162687872')).toBe(756_162_687_872)
    expect(parseParameterSize('many')).toBeNull()
    expect(parseNumCtx('stop "num_ctx 5"\nnum_ctx      4096\nnum_ctx 32768\r\n')).toBe(32768)
    expect(parseNumCtx('num_ctxx 5')).toBeNull()
  })
})
