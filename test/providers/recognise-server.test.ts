import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import {
  detectServers,
  recogniseServer,
  type ProviderFacts,
  type ProviderId,
} from '../../src/providers/index.js'
import type { FaultServer } from '../http/fault-server.js'
import {
  LLAMA_SERVER,
  LM_STUDIO,
  OLLAMA,
  providersAt,
  RECORDINGS,
  readRecording,
  serveRoutes,
  Status,
  TABLE,
  type Routes,
} from './fake-servers.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function serve(routes: Routes): Promise<FaultServer> {
  const server = await serveRoutes(routes)
  servers.push(server)
  return server
}

const list = (...data: unknown[]): Routes => ({ 'GET /v1/models': { object: 'list', data } })

const OTHERS: Readonly<Record<string, Routes>> = {
  vllm: list({ id: 'a/b', object: 'model', owned_by: 'vllm', max_model_len: 8096 }),
  'docker-model-runner': list({ id: 'ai/a:latest', object: 'model', owned_by: 'docker' }),
  jan: list({ id: 'a', object: 'model', created: 1, owned_by: 'user' }),
  koboldcpp: {
    'GET /api/tags': { models: [{ name: 'koboldcpp', details: { family: 'koboldcpp' } }] },
    'GET /api/extra/version': { result: 'KoboldCpp', version: '1.76' },
    ...list({ id: 'koboldcpp/a', object: 'model', owned_by: 'koboldcpp' }),
  },
  localai: list({ id: 'gpt-4', object: 'model' }),
  'mlx-lm': list({ id: 'mlx-community/a-4bit', object: 'model', created: 1_750_000_000 }),
}

const VARIABLES: Readonly<Record<ProviderId, string>> = {
  ollama: 'OLLAMA_HOST',
  lmstudio: 'LM_STUDIO_URL',
  'llama-server': 'LLAMA_SERVER_URL',
}

const STRANGERS = [
  ...Object.entries(OTHERS),
  ['ollama', OLLAMA],
  ['lmstudio', LM_STUDIO],
  ['llama-server', LLAMA_SERVER],
] as const
const NAMES = new Map(TABLE.map(({ id, name }) => [id, name]))
const CASES = (['ollama', 'lmstudio', 'llama-server'] as const).flatMap((provider) =>
  STRANGERS.filter(([id]) => id !== provider).map(([id, routes]) => [id, provider, routes] as const),
)

describe('a server on the port of another', () => {
  it.each(CASES)('%s is named and not mistaken for %s', async (id, provider, routes) => {
    const env = { [VARIABLES[provider]]: (await serve(routes)).url }
    const report = await providersAt(env)[provider].list()
    expect(report).toMatchObject({ status: 'problem', models: [], problems: [{ kind: 'not_this_provider' }] })
    expect(report.problems[0]?.message).toContain(`${NAMES.get(id)} answers at`)
  })

  it.each(['ollama', 'lmstudio', 'llama-server'] as const)(
    'is not %s when it is some web page',
    async (provider) => {
      const server = await serve({ '*': '<!doctype html><title>App</title>' })
      const report = await providersAt({ [VARIABLES[provider]]: server.url })[provider].list()
      expect(report.problems[0]?.kind).toBe('not_this_provider')
    },
  )

  it.each(['ollama', 'lmstudio', 'llama-server'] as const)(
    'is not %s when it lists unknown models',
    async (provider) => {
      const body = { object: 'list', data: [{ id: 'x', owned_by: 'somebody' }] }
      const server = await serve({ '*': body })
      const report = await providersAt({ [VARIABLES[provider]]: server.url })[provider].list()
      expect(report.problems[0]?.kind).toBe('not_this_provider')
    },
  )

  it('is not Ollama when KoboldCpp even copies the root page', async () => {
    const server = await serve({ ...OTHERS['koboldcpp'], 'GET /': 'Ollama is running' })
    const report = await providersAt({ OLLAMA_HOST: server.url }).ollama.list()
    expect(report.problems[0]?.message).toContain('KoboldCpp')
  })
})

describe('detectServers', () => {
  it('names and lists the servers of the table, whatever their port', async () => {
    const found = await Promise.all(Object.values(OTHERS).map(serve))
    const locked = await serve({ '*': new Status(401, 'Invalid or missing authorization token') })
    const ports = [...found, locked].map((server) => server.port)
    const table: ProviderFacts[] = Object.keys(OTHERS).map((id, index) => {
      // Every row with the port of another one: the body decides.
      return {
        id,
        name: id,
        api_style: 'openai',
        port: ports[(index + 3) % ports.length] ?? 9,
        managed: false,
      }
    })
    const others = ports.filter((port) => !table.some((row) => row.port === port))
    const [first] = table
    if (first) first.other_ports = others
    const detected = await detectServers(table, {})
    const rows = detected.map((server) => [server.id, server.status, server.models.length])
    expect(rows.sort()).toEqual(
      [...Object.keys(OTHERS).map((id) => [id, 'running', 1]), ['jan', 'needs_token', 0]].sort(),
    )
  })

  it('finds nothing where nobody listens', async () => {
    expect(
      await detectServers([{ id: 'jan', name: 'Jan', api_style: 'openai', port: 9, managed: false }], {}),
    ).toEqual([])
  })
})

describe.skipIf(!existsSync(RECORDINGS))('recorded answers', () => {
  it.each([
    ['vllm/v1-models', 'vllm'],
    ['vllm/v1-models-lora-alias', 'vllm'],
    ['docker-model-runner/engines-v1-models', 'docker-model-runner'],
    ['jan/v1-models', 'jan'],
    ['jan/auth-401', 'jan'],
    ['jan/host-header-403', 'jan'],
    ['koboldcpp/v1-models', 'koboldcpp'],
    ['koboldcpp/version', 'koboldcpp'],
    ['koboldcpp/fake-ollama-tags', 'koboldcpp'],
    ['localai/v1-models', 'localai'],
    ['mlx-lm/v1-models', 'mlx-lm'],
    ['tgwui/internal-model-info', 'text-generation-webui'],
    ['gpustack/v1-models-401', 'gpustack'],
    ['lmstudio/v1-models', 'lmstudio'],
    ['lmstudio/unknown-endpoint-200', 'lmstudio'],
    ['lmstudio/auth-401', 'lmstudio'],
    ['llamacpp/v1-models', 'llama-server'],
    ['llamacpp/auth-401', 'llama-server'],
    ['llamacpp/health-loading', 'llama-server'],
    ['ollama/v1-models', 'ollama'],
    ['ollama/root', 'ollama'],
    ['ollama/tags-doc', 'ollama'],
    ['mlx-lm/health', null],
    ['generic/data-null', null],
    ['generic/html-on-port', null],
    ['generic/json-array', null],
  ])('%s comes from %s', (file, id) => {
    const { response } = readRecording(file)
    expect(recogniseServer(response.raw ?? JSON.stringify(response.body))).toBe(id)
  })
})
