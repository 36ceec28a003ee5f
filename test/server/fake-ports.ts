import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InstallTarget } from '../../src/install/install-target.js'
import { parseInstallTarget } from '../../src/install/install-target.js'
import type { RunContext } from '../../src/install/queue.js'
import type { GateVerdict } from '../../src/install/gate.js'
import type { Machine } from '../../src/machine.js'
import type { Provider, ProviderId, ProviderModel, ProviderReport } from '../../src/providers/index.js'
import { bareModel } from '../../src/providers/provider.js'
import { loadResolver } from '../../src/registry/resolver.js'
import type { AlmanacPorts } from '../../src/server/index.js'

const TIB = 1024 ** 4

/** Everything fits on it, so that no forecast has to search. */
export const BIG_MACHINE: Machine = {
  platform: 'linux',
  arch: 'x64',
  ram: { total_bytes: 4 * TIB, available_bytes: 4 * TIB },
  gpus: [
    {
      index: 0,
      vendor: 'nvidia',
      name: 'Test Card',
      total_bytes: 4 * TIB,
      free_bytes: 3 * TIB,
      used_bytes: TIB,
      utilization_percent: null,
      unified: false,
      budget_bytes: 4 * TIB,
      source: 'test',
    },
  ],
  problems: [],
}

export const ALLOWED: GateVerdict = {
  verdict: 'allowed',
  fit: 'gpu',
  needed_bytes: 1,
  available_bytes: 2,
  disk_needed_bytes: 0,
  disk_free_bytes: null,
  reasons: [],
}

export interface FakeWorld {
  ports: AlmanacPorts
  /** How often each was asked. */
  asked: Map<string, number>
  deleted: string[]
  models: Record<ProviderId, ProviderModel[]>
  /** Providers that never answer until their signal fires. */
  hanging: Set<ProviderId>
  down: Set<ProviderId>
  verdict: GateVerdict
  /** What an install does; default: ends at once. */
  install: (model: string, context: RunContext) => Promise<void>
}

export function fakeWorld(machine: Machine = BIG_MACHINE): FakeWorld {
  const asked = new Map<string, number>()
  const count = (name: string): void => void asked.set(name, (asked.get(name) ?? 0) + 1)
  const world: FakeWorld = {
    asked,
    deleted: [],
    models: {
      ollama: [
        { ...bareModel('llama3.2:latest'), quantization: 'Q4_K_M', size_bytes: 2_019_393_189, tools: true },
        { ...bareModel('my/tune:7b'), size_bytes: 4e9, tools: true, max_context_length: 16_384 },
        { ...bareModel('nomic-embed-text:latest'), kind: 'embedding', size_bytes: 274_302_450 },
      ],
      lmstudio: [{ ...bareModel('qwen/qwen3-8b'), kind: 'chat', quantization: 'Q4_K_M', tools: true }],
      'llama-server': [],
    },
    hanging: new Set(),
    down: new Set(['llama-server']),
    verdict: ALLOWED,
    install: async () => {},
    ports: {
      home: mkdtempSync(join(tmpdir(), 'almanac-server-')),
      providers: {
        ollama: fakeProvider('ollama', () => world, count),
        lmstudio: fakeProvider('lmstudio', () => world, count),
        'llama-server': fakeProvider('llama-server', () => world, count),
      },
      deleteOllamaModel: async (name) => void world.deleted.push(name),
      probeMachine: async () => {
        count('machine')
        return machine
      },
      detectServers: async () => [
        {
          id: 'vllm',
          name: 'vLLM',
          url: 'http://127.0.0.1:8000',
          api_style: 'openai',
          status: 'running',
          models: ['m'],
        },
      ],
      loadResolver,
      createInstaller: () => ({
        run: (model, _provider, context) => world.install(model, context),
        pull: (name: string, _target: InstallTarget | null, context) => world.install(name, context),
        parse: (spec) => parseInstallTarget(spec),
        gate: async (spec) => {
          await parseInstallTarget(spec)
          return world.verdict
        },
      }),
    },
  }
  return world
}

function fakeProvider(id: ProviderId, world: () => FakeWorld, count: (name: string) => void): Provider {
  return {
    id,
    name: id,
    url: `http://127.0.0.1:${id.length}`,
    async list({ signal } = {}): Promise<ProviderReport> {
      count(id)
      const { hanging, down, models } = world()
      if (hanging.has(id)) await new Promise((_, reject) => signal?.addEventListener('abort', reject))
      const here = !down.has(id)
      return {
        id,
        name: id,
        url: this.url,
        status: here ? 'running' : 'not_running',
        version: here ? '1.0' : null,
        models: here ? models[id] : [],
        problems: [],
        notes: [],
      }
    },
    tinyCompletion: async (model) => model,
  }
}
