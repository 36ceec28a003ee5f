import { describe, expect, it } from 'vitest'
import { bareModel } from '../../src/providers/provider.js'
import { fakeWorld } from './fake-ports.js'
import { startFake } from './start.js'

/** A fine-tune of nobody's model, as Ollama's /api/show describes it. */
const HEADER = {
  'general.architecture': 'llama',
  'llama.attention.head_count': 32,
  'llama.attention.head_count_kv': 8,
  'llama.block_count': 32,
  'llama.context_length': 16_384,
  'llama.embedding_length': 4096,
  'llama.feed_forward_length': 14_336,
  'llama.vocab_size': 32_000,
}

describe('/registry', () => {
  it('forecasts the memory of models that the catalog does not list, where the provider shows their shape', async () => {
    const world = fakeWorld()
    const tune = { ...bareModel('my/tune:7b'), size_bytes: 4e9, tools: true, max_context_length: 16_384 }
    world.models.ollama = [
      { ...tune, gguf: HEADER },
      { ...tune, name: 'my/secret:7b' },
      { ...tune, name: 'my/cloud:7b', gguf: HEADER, local: false },
      { ...tune, name: 'llama3.2:latest', quantization: 'Q7_X' },
    ]
    const { ask } = await startFake(world)
    const { body } = await ask('/api/model/registry?provider=ollama')
    // 4e9 bytes of weights and 1 GiB of cache (8192 tokens of 128 KiB), with the buffers and the runtime's share.
    const fit = { fit: 'gpu', needed_bytes: expect.closeTo(5.8e9, -9) }
    expect(body).toMatchObject({
      models: [
        { name: 'my/tune:7b', model: null, tier: 'experimental', context_window: 8192, fit },
        { name: 'my/secret:7b', fit: null },
        { name: 'my/cloud:7b', fit: null },
        { name: 'llama3.2:latest', model: 'llama3.2:3b', fit: { fit: 'gpu' } },
      ],
    })
  })
})
