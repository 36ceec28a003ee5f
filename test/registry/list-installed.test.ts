import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderId } from '../../src/providers/index.js'
import {
  installedExitCode,
  listInstalled,
  type Installed,
  type NameMeaning,
} from '../../src/registry/index.js'
import { freePort, startServer, startSocketServer, type FaultServer } from '../http/fault-server.js'
import {
  LLAMA_SERVER,
  LM_STUDIO,
  OLLAMA,
  providersAt,
  serveRoutes,
  type Routes,
} from '../providers/fake-servers.js'
import { FAULTS, MANY, type Fault } from './faults.js'

const servers: FaultServer[] = []
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
})

function keep(server: FaultServer): FaultServer {
  servers.push(server)
  return server
}

const VARIABLES = {
  ollama: 'OLLAMA_HOST',
  lmstudio: 'LM_STUDIO_URL',
  'llama-server': 'LLAMA_SERVER_URL',
} as const
const IDS: readonly ProviderId[] = ['ollama', 'lmstudio', 'llama-server']

/** A resolver that knows one model, and embedding models by their name. */
function resolve(name: string): NameMeaning {
  if (/tiny/i.test(name))
    return { model: 'tiny:1b', quantization: 'Q2_K', confidence: 'likely', kind: 'chat' }
  return {
    model: null,
    quantization: null,
    confidence: 'none',
    kind: /embed/.test(name) ? 'embedding' : 'unknown',
  }
}

let healthy: Record<string, string>
beforeAll(async () => {
  const [ollama, lmstudio, llama] = await Promise.all(
    [OLLAMA, LM_STUDIO, LLAMA_SERVER].map((routes) => serveRoutes(routes)),
  )
  if (!ollama || !lmstudio || !llama) throw new Error('three servers were started')
  servers.push(ollama, lmstudio, llama)
  healthy = { OLLAMA_HOST: ollama.url, LM_STUDIO_URL: lmstudio.url, LLAMA_SERVER_URL: llama.url }
})

function listAt(
  env: Record<string, string>,
  options: { all?: boolean; only?: ProviderId } = {},
): Promise<Installed> {
  return listInstalled({ providers: providersAt(env), resolve, ...options })
}

async function listWithFault(fault: Fault, id: ProviderId): Promise<Installed> {
  const server = await (fault.socket
    ? startSocketServer(fault.socket)
    : startServer(fault.listener ?? (() => {})))
  return listAt({ ...healthy, [VARIABLES[id]]: keep(server).url })
}

describe('listInstalled', () => {
  it('has exactly the fields of its contract, in the order of the providers', async () => {
    const installed = await listAt(healthy)
    expect(installed).toEqual({
      models: [
        {
          name: 'tiny:1b',
          provider: 'ollama',
          model: 'tiny:1b',
          quantization: 'Q4_K_M',
          kind: 'chat',
          size_bytes: 1_000_000_123,
          local: true,
          loaded: false,
          context_length: null,
          max_context_length: 4096,
        },
        {
          name: 'maker/tiny-1b',
          provider: 'lmstudio',
          model: 'tiny:1b',
          quantization: 'Q8_0',
          kind: 'chat',
          size_bytes: 1_300_000_000,
          local: true,
          loaded: true,
          context_length: 2048,
          max_context_length: 8192,
        },
        {
          name: '/models/tiny-Q5_K_M.gguf',
          provider: 'llama-server',
          model: 'tiny:1b',
          quantization: 'Q2_K',
          kind: 'chat',
          size_bytes: 900_000_000,
          local: true,
          loaded: true,
          context_length: 1024,
          max_context_length: 16384,
        },
      ],
      providers: [
        { name: 'ollama', url: healthy['OLLAMA_HOST'], status: 'running', version: '0.12.6' },
        { name: 'lmstudio', url: healthy['LM_STUDIO_URL'], status: 'running', version: null },
        { name: 'llama-server', url: healthy['LLAMA_SERVER_URL'], status: 'running', version: 'b9090-abc' },
      ],
      problems: [],
    })
    expect(installedExitCode(installed)).toBe(0)
  })

  it('asks the providers while the names are still being loaded', async () => {
    const ollama = keep(await serveRoutes(OLLAMA))
    const loading = new Promise<typeof resolve>((done) => {
      const timer = setInterval(() => {
        if (ollama.requests.length === 0) return
        clearInterval(timer)
        done(resolve)
      }, 5)
    })
    const providers = providersAt({ OLLAMA_HOST: ollama.url })
    const installed = await listInstalled({ providers, resolve: loading, only: 'ollama' })
    expect(installed.models[0]?.model).toBe('tiny:1b')
  })

  it('is the same document where nobody listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const installed = await listAt({ OLLAMA_HOST: url, LM_STUDIO_URL: url, LLAMA_SERVER_URL: url })
    expect(installed).toEqual({
      models: [],
      providers: IDS.map((name) => ({ name, url, status: 'not_running', version: null })),
      problems: [],
    })
    expect(installedExitCode(installed)).toBe(0)
  })

  it('asks nobody but the one provider that is wanted', async () => {
    const before = servers.slice(0, 3).map((server) => server.requests.length)
    const installed = await listAt(healthy, { only: 'lmstudio' })
    expect(installed.providers.map(({ name }) => name)).toEqual(['lmstudio'])
    expect(servers.slice(0, 3).map((server, index) => server.requests.length > (before[index] ?? 0))).toEqual(
      [false, true, false],
    )
  })

  it('hides embedding models unless all are wanted, by what the provider says before the name', async () => {
    const routes: Routes = {
      ...OLLAMA,
      'GET /api/tags': {
        models: [
          { name: 'embed-a', capabilities: ['embedding'] },
          { name: 'embed-b' },
          { name: 'embed-c', capabilities: ['completion'] },
          { name: 'other' },
        ],
      },
    }
    const env = { ...healthy, OLLAMA_HOST: keep(await serveRoutes(routes)).url }
    const names = async (all: boolean): Promise<string[]> =>
      (await listAt(env, { only: 'ollama', all })).models.map(({ name }) => name)
    expect(await names(false)).toEqual(['embed-c', 'other'])
    expect(await names(true)).toEqual(['embed-a', 'embed-b', 'embed-c', 'other'])
  })

  it('lists 10,000 models, and hostile names verbatim', async () => {
    const env = { OLLAMA_HOST: keep(await serveRoutes(MANY)).url }
    const { models, problems } = await listAt(env, { only: 'ollama' })
    expect([models.length, problems.length]).toEqual([10_000, 0])
    expect(models[7]?.name).toBe('evil\u001b[2J\r\n')
  })

  it('exits with 3 where every provider failed', async () => {
    const url = keep(await serveRoutes({ '*': '<html>' })).url
    const installed = await listAt({ OLLAMA_HOST: url, LM_STUDIO_URL: url, LLAMA_SERVER_URL: url })
    expect(installedExitCode(installed)).toBe(3)
  })
})

const RUNS = FAULTS.flatMap((fault) => IDS.map((id) => [fault.name, id, fault] as const))

describe('a provider that', () => {
  const results = new Map<string, Installed>()

  /** Silent servers cost time and no work: all of them at once, then the busy ones a few at a time. */
  beforeAll(async () => {
    const [silent, busy] = [true, false].map((wanted) =>
      RUNS.filter(([, , { kinds }]) => kinds.includes('timed_out') === wanted),
    )
    const batches = [silent ?? []]
    for (let start = 0; start < (busy ?? []).length; start += 6)
      batches.push((busy ?? []).slice(start, start + 6))
    for (const batch of batches) {
      await Promise.all(
        batch.map(async ([name, id, fault]) => results.set(`${name} ${id}`, await listWithFault(fault, id))),
      )
    }
  }, 30_000)

  it.each(RUNS)('%s as %s is one problem, and the healthy models are there', (name, id, fault) => {
    const installed = results.get(`${name} ${id}`)
    const others = IDS.filter((other) => other !== id)
    expect(installed?.models.map(({ provider }) => provider)).toEqual(others)
    expect(installed?.problems).toHaveLength(1)
    expect(installed?.problems[0]).toMatchObject({ provider: id, hint: expect.stringMatching(/\w/) })
    expect(fault.kinds).toContain(installed?.problems[0]?.kind)
    expect(installed?.problems[0]?.message).toMatch(/^[^\p{Cc}]*http:[^\p{Cc}]*$/u)
    expect(installed?.providers.find((provider) => provider.name === id)?.status).toBe(
      installed?.problems[0]?.kind === 'auth_required' ? 'needs_token' : 'problem',
    )
  })
})
