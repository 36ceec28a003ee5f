import { describe, expect, it } from 'vitest'
import { fakeWorld } from './fake-ports.js'
import { startFake } from './start.js'

describe('requests that arrive together', () => {
  it('ask each provider and the machine once', async () => {
    const { ask, world } = await startFake()
    const paths = [
      '/api/model/registry',
      '/api/model/available',
      '/api/model/ollama/status',
      '/api/model/providers/all/models',
    ]
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(paths[index % 4] ?? '')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(Object.fromEntries(world.asked)).toEqual({ ollama: 1, lmstudio: 1, 'llama-server': 1, machine: 1 })
  })

  it('are not held up by a provider that hangs, where they do not need it', async () => {
    const world = fakeWorld()
    world.hanging.add('lmstudio')
    const { ask } = await startFake(world)
    const started = performance.now()
    expect((await ask('/api/model/ollama/status')).body).toMatchObject({ running: true })
    expect((await ask('/api/model/registry?provider=ollama')).status).toBe(200)
    expect((await ask('/api/model/providers/ollama/models')).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(4000)
    expect(world.asked.get('lmstudio')).toBeUndefined()
  })
})

describe('providers', () => {
  it('that are dead are an answer, not an error', async () => {
    const world = fakeWorld()
    for (const id of ['ollama', 'lmstudio', 'llama-server'] as const) world.down.add(id)
    const { ask } = await startFake(world)
    expect((await ask('/api/model/ollama/status')).body).toMatchObject({
      available: false,
      running: false,
      reason: 'ollama is not running',
    })
    expect((await ask('/api/model/registry')).body).toMatchObject({ models: [], count: 0, providers: [] })
    expect((await ask('/api/model/providers/ollama/models')).status).toBe(503)
  })
})

describe('removing', () => {
  it('takes the model of exactly that name, and forgets what it knew', async () => {
    const { send, world, ask } = await startFake()
    expect((await send('DELETE', '/api/model/uninstall/llama3.2')).status).toBe(404)
    expect((await send('DELETE', '/api/model/uninstall/LLAMA3.2%3Alatest')).status).toBe(404)
    expect((await send('DELETE', '/api/model/uninstall/llama3.2%3Alatest?provider_hint=nobody')).status).toBe(
      400,
    )
    expect(world.deleted).toEqual([])
    expect((await send('DELETE', '/api/model/uninstall/llama3.2%3Alatest')).body).toMatchObject({
      success: true,
    })
    expect(world.deleted).toEqual(['llama3.2:latest'])
    world.models.ollama = []
    expect((await ask('/api/model/providers/ollama/models')).body).toMatchObject({ models: [] })
  })

  it('says honestly what it cannot remove', async () => {
    const { send } = await startFake()
    const { body } = await send('DELETE', '/api/model/uninstall/qwen%2Fqwen3-8b')
    expect(body).toMatchObject({ success: false, error: expect.stringContaining('LM Studio') })
  })

  it('removes only ghosts that are listed', async () => {
    const { send, world } = await startFake()
    for (const id of ['llama3.2%3Alatest', '..%2F..%2Fsettings.json', 'partial%3A..']) {
      expect((await send('DELETE', `/api/model/ghost-models/${id}`)).status).toBe(404)
    }
    expect(world.deleted).toEqual([])
  })
})

describe('contexts', () => {
  it('are shared by all names of a model', async () => {
    const { send, ask } = await startFake()
    await send('POST', '/api/model/context/llama3.2', { context_size: 4096 })
    const other = await ask('/api/model/context/llama3.2%3Alatest')
    expect(other.body).toMatchObject({ model: 'llama3.2:3b', current: 4096, is_override: true })
    const { body } = await ask('/api/model/registry')
    expect(body).toMatchObject({
      models: [{ name: 'llama3.2:latest', model: 'llama3.2:3b', context_window: 4096 }, {}, {}],
    })
    await send('DELETE', '/api/model/context/llama3.2%3A3b')
    expect((await ask('/api/model/context/llama3.2')).body).toMatchObject({
      current: 32_768,
      is_override: false,
    })
  })

  it('are known of what a provider has', async () => {
    const { send } = await startFake()
    expect((await send('POST', '/api/model/context/my%2Ftune%3A7b', { context_size: 20_000 })).status).toBe(
      400,
    )
    expect(
      (await send('POST', '/api/model/context/my%2Ftune%3A7b', { context_size: 9000 })).body,
    ).toMatchObject({ max: 16_384, current: 9000 })
  })
})

describe('switching', () => {
  it('keeps the old model where it fails', async () => {
    const { send, ask } = await startFake()
    const first = await send('POST', '/api/model/switch', { model_name: 'llama3.2' })
    expect(first.body).toMatchObject({ current_model: 'llama3.2:latest', provider: 'ollama' })
    expect((await send('POST', '/api/model/switch', { model_name: 'nobody' })).status).toBe(404)
    expect((await send('POST', '/api/model/switch', { model_name: 'nomic-embed-text' })).status).toBe(400)
    expect((await ask('/api/model/current')).body).toMatchObject({
      current_model: 'llama3.2:latest',
      can_chat: true,
      is_embedding_model: false,
    })
  })
})
