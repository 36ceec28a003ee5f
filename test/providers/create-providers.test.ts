import { describe, expect, it } from 'vitest'
import { PROVIDERS } from '../../generated/providers.js'
import { createProviders, type ProviderFacts } from '../../src/providers/index.js'
import { OLLAMA, serveRoutes } from './fake-servers.js'

const table: readonly ProviderFacts[] = PROVIDERS

describe("the catalog's table of providers", () => {
  it('has the managed ones with the addresses and variables that users rely on', () => {
    const managed = table.filter((row) => row.managed)
    expect(
      managed.map(({ id, port, url_variable, token_variable }) => [id, port, url_variable, token_variable]),
    ).toEqual([
      ['ollama', 11434, 'OLLAMA_HOST', undefined],
      ['lmstudio', 1234, 'LM_STUDIO_URL', 'LM_API_TOKEN'],
      ['llama-server', 8080, 'LLAMA_SERVER_URL', 'LLAMA_API_KEY'],
    ])
  })

  it('makes providers at their default addresses', () => {
    const providers = createProviders(table, {})
    expect(Object.values(providers).map(({ url }) => url)).toEqual([
      'http://127.0.0.1:11434',
      'http://127.0.0.1:1234',
      'http://127.0.0.1:8080',
    ])
  })

  it('finds one that listens on [::1] only, but not where its address was given', async (test) => {
    const server = await serveRoutes(OLLAMA, '::1').catch(() => undefined)
    if (!server) return test.skip()
    try {
      const rows = table.map((row) => (row.id === 'ollama' ? { ...row, port: server.port } : row))
      const OLLAMA_HOST = `127.0.0.1:${server.port}`
      expect((await createProviders(rows, {}).ollama.list()).status).toBe('running')
      expect((await createProviders(rows, { OLLAMA_HOST }).ollama.list()).status).toBe('not_running')
    } finally {
      await server.close()
    }
  })

  it('has a row for every server that is recognised', () => {
    const ids = [
      'vllm',
      'docker-model-runner',
      'jan',
      'koboldcpp',
      'localai',
      'mlx-lm',
      'text-generation-webui',
      'gpustack',
    ]
    expect(table.filter((row) => !row.managed).map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  })

  it('refuses a table without them', () => {
    expect(() => createProviders([], {})).toThrow(RangeError)
  })
})
