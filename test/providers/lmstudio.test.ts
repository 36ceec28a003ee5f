import { afterEach, describe, expect, it } from 'vitest'
import { UnsupportedDownload } from '../../src/providers/index.js'
import type { FaultServer } from '../http/fault-server.js'
import { LM_STUDIO, providersAt, serveRoutes, Status, type Routes } from './fake-servers.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function lmStudioWith(routes: Routes, env: Record<string, string> = {}) {
  const server = await serveRoutes(routes)
  servers.push(server)
  return providersAt({ LM_STUDIO_URL: server.url, ...env }).lmstudio
}

const UNKNOWN = { error: 'Unexpected endpoint or method. (GET /api/v1/models)' }
const V0 = {
  data: [{ id: 'a', type: 'vlm', state: 'loaded', loaded_context_length: 9, max_context_length: 99 }],
}
const OPEN_AI = { data: [{ id: 'text-embedding-x', owned_by: 'organization_owner' }, { id: 'y' }] }

describe('the list of LM Studio', () => {
  it('has size, label, kind and the context as loaded from the newest API', async () => {
    const report = await (await lmStudioWith(LM_STUDIO)).list()
    expect(report).toMatchObject({ status: 'running', problems: [], notes: [] })
    expect(report.models[0]).toMatchObject({
      name: 'maker/tiny-1b',
      kind: 'chat',
      quantization: 'Q8_0',
      size_bytes: 1_300_000_000,
      loaded: true,
      context_length: 2048,
      max_context_length: 8192,
      tools: true,
    })
  })

  it('keeps the label of an MLX model as given', async () => {
    const models = [{ key: 'm', type: 'llm', quantization: { name: '4bit' }, selected_variant: 'm@4bit' }]
    const [model] = (await (await lmStudioWith({ 'GET /api/v1/models': { models } })).list()).models
    expect(model).toMatchObject({ quantization: '4bit', loaded: null, other_names: ['m@4bit'] })
  })

  it.each([
    ['answers 200 with an error', UNKNOWN],
    ['answers 404', new Status(404, 'no')],
    ['answers 500', new Status(500, { error: 'boom' })],
    ['answers with something broken', '{"models": ['],
  ])('falls back to the API before where the newest %s', async (_name, v1) => {
    const report = await (await lmStudioWith({ 'GET /api/v1/models': v1, 'GET /api/v0/models': V0 })).list()
    expect(report.models[0]).toMatchObject({
      name: 'a',
      kind: 'chat',
      context_length: 9,
      max_context_length: 99,
    })
    expect(report.notes[0]).toContain('Just-in-Time')
  })

  it('falls back to the OpenAI list, whose owner names LM Studio', async () => {
    const report = await (await lmStudioWith({ 'GET /v1/models': OPEN_AI, '*': UNKNOWN })).list()
    expect(report.models.map((model) => [model.name, model.kind])).toEqual([
      ['text-embedding-x', 'embedding'],
    ])
  })

  it('has a note and no problem where nothing is visible', async () => {
    const report = await (await lmStudioWith({ 'GET /api/v0/models': { data: [] }, '*': UNKNOWN })).list()
    expect(report).toMatchObject({ status: 'running', models: [], problems: [] })
    expect(report.notes).toHaveLength(1)
  })

  it.each([
    ['a null list', { models: null }, 0],
    ['broken items among good ones', { models: [1, { key: 5 }, { key: 'ok', type: 7, size_bytes: -1 }] }, 1],
  ])('takes %s', async (_name, body, count) => {
    const report = await (await lmStudioWith({ 'GET /api/v1/models': body })).list()
    expect(report).toMatchObject({ status: 'running', problems: [] })
    expect(report.models).toHaveLength(count)
  })

  it.each([
    ['only broken items', { models: [{ type: 'llm' }] }],
    ['a list of a wrong type', { models: 'many' }],
    ['garbage', '{"models": ['],
  ])('is bad_output for %s', async (_name, body) => {
    const report = await (await lmStudioWith({ 'GET /api/v1/models': body, '*': UNKNOWN })).list()
    expect(report).toMatchObject({ status: 'problem', problems: [{ kind: 'bad_output' }] })
  })
})

describe('the token of LM Studio', () => {
  const denied = { '*': new Status(401, { error: { message: 'token required', code: 'invalid_api_key' } }) }

  it('is named in the hint where it is missing', async () => {
    const report = await (await lmStudioWith(denied)).list()
    expect(report).toMatchObject({ status: 'needs_token', problems: [{ kind: 'auth_required' }] })
    expect(report.problems[0]?.hint).toContain('LM_API_TOKEN')
  })

  it('is never printed where it is refused', async () => {
    const report = await (await lmStudioWith(denied, { LM_API_TOKEN: 'sk-secret' })).list()
    expect(report.problems[0]?.hint).toMatch(/LM_API_TOKEN.*check/)
    expect(JSON.stringify(report)).not.toContain('sk-secret')
  })

  it('goes to LM Studio only', async () => {
    const all = await Promise.all([serveRoutes(LM_STUDIO), serveRoutes({}), serveRoutes({})])
    servers.push(...all)
    const [own, ollama, llama] = all
    const env = { LM_STUDIO_URL: own.url, OLLAMA_HOST: ollama.url, LLAMA_SERVER_URL: llama.url }
    const providers = providersAt({ ...env, LM_API_TOKEN: 'sk-lm', LLAMA_API_KEY: 'sk-llama' })
    await Promise.all(Object.values(providers).map((provider) => provider.list()))
    const tokens = all.map((server) => [...new Set(server.headers.map((headers) => headers.authorization))])
    expect(tokens).toEqual([
      ['Bearer sk-lm'],
      [undefined],
      ['Bearer sk-llama', undefined].slice(0, tokens[2]?.length),
    ])
  })
})

describe('downloads of LM Studio', () => {
  it('start with a job and report bytes', async () => {
    const lmstudio = await lmStudioWith({
      'POST /api/v1/models/download': { job_id: 'job_1', status: 'downloading', total_size_bytes: 100 },
      'GET /api/v1/models/download/status/job_1': {
        status: 'downloading',
        downloaded_bytes: 40,
        total_size_bytes: 100,
        bytes_per_second: 7.4,
      },
    })
    const job = await lmstudio.startDownload({ model: 'maker/tiny-1b' })
    expect(job).toMatchObject({ job_id: 'job_1', status: 'downloading', total_bytes: 100 })
    expect(await lmstudio.downloadStatus('job_1')).toMatchObject({ downloaded_bytes: 40, bytes_per_s: 7 })
  })

  it('have no job where the model is there already', async () => {
    const lmstudio = await lmStudioWith({ 'POST /api/v1/models/download': { status: 'already_downloaded' } })
    expect(await lmstudio.startDownload({ model: 'a' })).toMatchObject({
      job_id: null,
      status: 'already_downloaded',
    })
  })

  it.each([
    ['an error with status 200', UNKNOWN, 'does not support'],
    ['a job without id', { status: 'downloading' }, 'without saying which'],
    ['a status', new Status(404, { error: { message: 'no such model' } }), 'no such model'],
  ])('throw for %s', async (_name, answer, message) => {
    const lmstudio = await lmStudioWith({ 'POST /api/v1/models/download': answer })
    await expect(lmstudio.startDownload({ model: 'a' })).rejects.toThrow(message)
  })

  it('are not unsupported once they have begun', async () => {
    const lmstudio = await lmStudioWith({ 'GET /api/v1/models/download/status/job_1': UNKNOWN })
    const asked = lmstudio.downloadStatus('job_1')
    await expect(asked).rejects.toThrow('does not tell how far')
    await expect(asked).rejects.not.toBeInstanceOf(UnsupportedDownload)
  })
})

describe('tinyCompletion of LM Studio', () => {
  it('names the model that answered, which can be another', async () => {
    const answer = { model: 'other', choices: [{ message: { content: 'H' } }] }
    expect(await (await lmStudioWith({ 'POST /v1/chat/completions': answer })).tinyCompletion('x')).toBe(
      'other',
    )
  })

  it('throws for an error inside 200', async () => {
    const lmstudio = await lmStudioWith({ '*': { error: 'Unexpected endpoint or method. (POST /x)' } })
    await expect(lmstudio.tinyCompletion('x')).rejects.toThrow('Unexpected endpoint')
  })
})
