import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { ProviderModel, ProviderReport } from '../../src/providers/index.js'
import type { FaultServer } from '../http/fault-server.js'
import { providersAt, RECORDINGS, recordedRoutes, serveRoutes, type Routes } from './fake-servers.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function urlOf(routes: Routes): Promise<string> {
  const server = await serveRoutes(routes)
  servers.push(server)
  return server.url
}

type Row = [string, string[], Partial<ProviderReport>, Partial<ProviderModel>[]]

const OLLAMA: Row[] = [
  [
    'documented',
    ['tags-doc'],
    {},
    [{ name: 'deepseek-r1:latest', size_bytes: 4683075271 }, { quantization: 'Q4_K_M' }],
  ],
  ['new fields', ['tags-new-fields'], {}, [{ kind: 'chat', tools: true, max_context_length: 131072 }]],
  ['families null', ['tags-families-null'], {}, [{ name: 'mistral:latest', size_bytes: 4109865159 }]],
  ['cloud', ['tags-cloud'], {}, [{ local: false, size_bytes: null, quantization: 'MXFP4' }]],
  ['names', ['tags-hf-names'], {}, [{ name: 'hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M' }, {}, {}]],
  ['null', ['tags-null'], {}, []],
  ['embedding', ['tags-embedding'], {}, [{ parameters: 307_580_000, quantization: 'BF16' }]],
  [
    'show',
    ['tags-families-null', 'show-doc'],
    {},
    [{ kind: 'chat', vision: true, max_context_length: 8192 }],
  ],
  ['cloud show', ['tags-families-null', 'show-cloud'], {}, [{ local: false, max_context_length: 1_000_000 }]],
  ['host refused', ['forbidden-host'], { status: 'problem' }, []],
]

const LM_STUDIO: Row[] = [
  [
    'v1',
    ['api-v1-models'],
    {},
    [
      { name: 'google/gemma-4-26b-a4b', context_length: 4096, max_context_length: 262144, loaded: true },
      { size_bytes: 40492610355, loaded: false, context_length: null },
      { kind: 'embedding', quantization: 'F16' },
    ],
  ],
  ['mlx', ['api-v1-mlx'], {}, [{ quantization: '4bit', size_bytes: 3034755901, vision: true }]],
  [
    'v0',
    ['api-v0-models'],
    {},
    [{ kind: 'chat', quantization: '4bit' }, { kind: 'chat' }, { kind: 'embedding' }],
  ],
  ['v0 loaded', ['api-v0-loaded'], {}, [{ context_length: 4096, max_context_length: 32768, tools: true }]],
  ['JIT off', ['api-v0-jit-off-empty'], {}, []],
  ['OpenAI', ['v1-models'], {}, [{ name: 'google/gemma-4-12b-qat', loaded: null }, { kind: 'embedding' }]],
  ['token', ['auth-401'], { status: 'needs_token' }, []],
]

const LLAMA_SERVER: Row[] = [
  [
    'one model',
    ['health-ok', 'v1-models', 'props'],
    {},
    [{ max_context_length: 131072, context_length: 1024, size_bytes: 4912898304, parameters: 8030261312 }],
  ],
  [
    'two slots',
    ['health-ok', 'v1-models', 'props-2-slots'],
    { version: 'b9090-5757c4dcb' },
    [{ context_length: 65536 }],
  ],
  [
    'loading',
    ['health-loading', 'v1-models-meta-null'],
    { status: 'loading' },
    [{ max_context_length: null }],
  ],
  [
    'router',
    ['health-ok', 'router-models'],
    {},
    [
      { loaded: true, context_length: 4096 },
      { loaded: false },
      { name: 'broken' },
      { name: 'nap', loaded: false },
    ],
  ],
  ['token', ['health-ok', 'auth-401'], { status: 'needs_token' }, []],
]

function check(
  report: ProviderReport,
  expected: Partial<ProviderReport>,
  models: Partial<ProviderModel>[],
): void {
  expect(report).toMatchObject({ status: 'running', ...expected })
  expect(report.models).toHaveLength(models.length)
  expect(report.models).toMatchObject(models)
}

describe.skipIf(!existsSync(RECORDINGS))('recorded answers of', () => {
  it.each(OLLAMA)('Ollama: %s', async (_name, files, expected, models) => {
    const shared = ['root', 'version', 'ps-empty'].map((file) => `ollama/${file}`)
    const routes = recordedRoutes(...shared, ...files.map((file) => `ollama/${file}`))
    check(await providersAt({ OLLAMA_HOST: await urlOf(routes) }).ollama.list(), expected, models)
  })

  it.each(LM_STUDIO)('LM Studio: %s', async (_name, files, expected, models) => {
    const error = { error: 'Unexpected endpoint or method. (GET /x)' }
    const routes = { '*': error, ...recordedRoutes(...files.map((file) => `lmstudio/${file}`)) }
    check(await providersAt({ LM_STUDIO_URL: await urlOf(routes) }).lmstudio.list(), expected, models)
  })

  it.each(LLAMA_SERVER)('llama-server: %s', async (_name, files, expected, models) => {
    const routes = recordedRoutes(...files.map((file) => `llamacpp/${file}`))
    check(
      await providersAt({ LLAMA_SERVER_URL: await urlOf(routes) })['llama-server'].list(),
      expected,
      models,
    )
  })
})
