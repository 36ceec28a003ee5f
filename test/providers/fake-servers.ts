import { readFileSync } from 'node:fs'
import { createProviders, type ProviderFacts, type Providers } from '../../src/providers/index.js'
import { sendJson, startServer, type FaultServer } from '../http/fault-server.js'

/** Rows of the table of providers as the tests need them. */
export const TABLE: readonly ProviderFacts[] = [
  {
    id: 'ollama',
    name: 'Ollama',
    api_style: 'ollama',
    port: 11434,
    url_variable: 'OLLAMA_HOST',
    managed: true,
  },
  {
    id: 'lmstudio',
    name: 'LM Studio',
    api_style: 'lmstudio',
    port: 1234,
    url_variable: 'LM_STUDIO_URL',
    token_variable: 'LM_API_TOKEN',
    managed: true,
  },
  {
    id: 'llama-server',
    name: 'llama-server',
    api_style: 'openai',
    port: 8080,
    other_ports: [9931],
    url_variable: 'LLAMA_SERVER_URL',
    token_variable: 'LLAMA_API_KEY',
    managed: true,
  },
  { id: 'vllm', name: 'vLLM', api_style: 'openai', port: 8000, managed: false },
  {
    id: 'docker-model-runner',
    name: 'Docker Model Runner',
    api_style: 'openai',
    port: 12434,
    managed: false,
  },
  { id: 'jan', name: 'Jan', api_style: 'openai', port: 1337, managed: false },
  { id: 'koboldcpp', name: 'KoboldCpp', api_style: 'openai', port: 5001, managed: false },
  { id: 'localai', name: 'LocalAI', api_style: 'openai', port: 8080, managed: false },
  { id: 'mlx-lm', name: 'mlx_lm.server', api_style: 'openai', port: 8080, managed: false },
]

/** A body: text as it is, anything else as JSON; or a status with a body. */
export type Answer = unknown
export type Routes = Readonly<Record<string, Answer>>

/** An answer with a status other than 200. */
export class Status {
  readonly status: number
  readonly body: unknown
  constructor(status: number, body: unknown) {
    this.status = status
    this.body = body
  }
}

/** Serves `METHOD /path` (queries ignored) and 404 for the rest, or what `*` says. */
export function serveRoutes(routes: Routes, host?: string): Promise<FaultServer> {
  return startServer((request, response) => {
    const path = `${request.method} ${(request.url ?? '/').split('?')[0]}`
    const answer = Object.hasOwn(routes, path) ? routes[path] : (routes['*'] ?? new Status(404, 'not found'))
    const [status, body] = answer instanceof Status ? [answer.status, answer.body] : [200, answer]
    if (typeof body === 'string') response.writeHead(status).end(body)
    else sendJson(response, body, status)
  }, host)
}

export const OLLAMA: Routes = {
  'GET /': 'Ollama is running',
  'GET /api/version': { version: '0.12.6' },
  'GET /api/tags': {
    models: [
      {
        name: 'tiny:1b',
        size: 1_000_000_123,
        digest: 'ab'.repeat(32),
        details: {
          quantization_level: 'Q4_K_M',
          parameter_size: '1.2B',
          context_length: 4096,
          families: null,
        },
        capabilities: ['completion', 'tools'],
      },
    ],
  },
  'GET /api/ps': { models: [] },
}

export const LM_STUDIO: Routes = {
  'GET /api/v1/models': {
    models: [
      {
        type: 'llm',
        key: 'maker/tiny-1b',
        quantization: { name: 'Q8_0' },
        size_bytes: 1_300_000_000,
        loaded_instances: [{ id: 'maker/tiny-1b', config: { context_length: 2048 } }],
        max_context_length: 8192,
        capabilities: { vision: false, trained_for_tool_use: true },
      },
    ],
  },
  '*': { error: 'Unexpected endpoint or method. (GET /x)' },
}

export const LLAMA_SERVER: Routes = {
  'GET /health': { status: 'ok' },
  'GET /v1/models': {
    object: 'list',
    data: [
      {
        id: '/models/tiny-Q5_K_M.gguf',
        owned_by: 'llamacpp',
        meta: { n_ctx_train: 16384, size: 900_000_000 },
      },
    ],
  },
  'GET /props': { default_generation_settings: { n_ctx: 1024 }, total_slots: 2, build_info: 'b9090-abc' },
}

/** The providers at the addresses of these servers; the others where nobody listens. */
export function providersAt(env: Readonly<Record<string, string>>): Providers {
  const nobody = 'http://127.0.0.1:9'
  return createProviders(TABLE, {
    OLLAMA_HOST: nobody,
    LM_STUDIO_URL: nobody,
    LLAMA_SERVER_URL: nobody,
    ...env,
  })
}

/** The recorded answers that lie beside the repository, where they are there. */
export const RECORDINGS = '../shared/fixtures/providers'

interface Recording {
  request: { method: string; path: string }
  response: { status: number; body?: unknown; raw?: string }
  expected?: Readonly<Record<string, unknown>>
}

export function readRecording(file: string): Recording {
  return JSON.parse(readFileSync(`${RECORDINGS}/${file}.json`, 'utf8')) as Recording
}

/** Routes of recordings, by the request that each of them answers. */
export function recordedRoutes(...files: readonly string[]): Routes {
  const entries = files.map((file) => {
    const { request, response } = readRecording(file)
    return [
      `${request.method} ${request.path}`,
      new Status(response.status, response.raw ?? response.body),
    ] as const
  })
  return Object.fromEntries(entries)
}
