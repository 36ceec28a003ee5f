import { describe, expect, it } from 'vitest'
import { findBuild, getModel } from '../../src/catalog/index.js'
import { estimateMemory, memoryOfBuild } from '../../src/memory/index.js'
import { bareModel } from '../../src/providers/provider.js'
import { memoryOfProvided } from '../../src/registry/index.js'

/** What /api/show tells of Llama 3.1 8B, without the key of the vocabulary, as other architectures are. */
const LLAMA = {
  'general.architecture': 'llama',
  'general.parameter_count': 8_030_261_248,
  'llama.attention.head_count': 32,
  'llama.attention.head_count_kv': 8,
  'llama.attention.layer_norm_rms_epsilon': 1e-5,
  'llama.block_count': 32,
  'llama.context_length': 131_072,
  'llama.embedding_length': 4096,
  'llama.feed_forward_length': 14_336,
  'llama.rope.dimension_count': 128,
  'tokenizer.ggml.bos_token_id': 128_000,
  'tokenizer.ggml.merges': null,
  'tokenizer.ggml.tokens': [],
}
const SIZE = 4_920_734_272

function tune(gguf: Record<string, unknown>, size_bytes: number | null = SIZE) {
  return { ...bareModel('my/tune:8b'), gguf, size_bytes, quantization: 'Q4_K_M', parameters: 8_030_261_248 }
}

describe('memory of a model that the catalog does not list', () => {
  const model = getModel('llama3.1:8b')
  const build = findBuild(model, 'Q4_K_M')

  it('is that of the same shape in the catalog, from the header that the provider shows', () => {
    const memory = memoryOfProvided(tune(LLAMA))
    if (!memory || !build) throw new Error('no memory')
    expect(memory.architecture).toMatchObject({
      vocab_size: 128_256,
      tied_embeddings: false,
      head_count_kv: 8,
    })
    const load = { context: 32_768 }
    const [ours, listed] = [memory, memoryOfBuild(model.architecture, build)].map((each) =>
      estimateMemory(each, load),
    )
    expect(ours?.gpu.kv_cache_bytes).toBe(4 * 1024 ** 3)
    expect(ours?.gpu.kv_cache_bytes).toBe(listed?.gpu.kv_cache_bytes)
    expect((ours?.gpu.total_bytes ?? 0) / (listed?.gpu.total_bytes ?? 1)).toBeCloseTo(1, 2)
  })

  it('is kept as long as the provider keeps the header', () => {
    const header = { ...LLAMA }
    expect(memoryOfProvided(tune(header))).toBe(memoryOfProvided(tune(header)))
    expect(memoryOfProvided(tune(header, SIZE + 1))).not.toBe(memoryOfProvided(tune(header)))
  })

  it('has weights of the size on disk where no recipe explains it', () => {
    const memory = memoryOfProvided({ ...tune(LLAMA, 6_000_000_000), quantization: null })
    if (!memory) throw new Error('no memory')
    const { gpu, host } = estimateMemory(memory, { context: 2048 })
    const weights = gpu.weights_bytes + host.weights_bytes
    expect(memory.weights.basis).toBe('scaled')
    expect(weights / 6e9).toBeGreaterThan(0.99)
    expect(weights / 6e9).toBeLessThan(1.001)
  })

  it('is forecast with the shape of the catalog model where only the file is unknown', () => {
    const memory = memoryOfProvided(
      { ...bareModel('x'), size_bytes: SIZE, quantization: null },
      model.architecture,
    )
    expect(memory?.architecture).toBe(model.architecture)
  })

  it.each([
    ['shows no header', { ...tune({}), gguf: null }],
    ['shows no size', tune(LLAMA, null)],
    ['hides a list of the heads', tune({ ...LLAMA, 'llama.attention.head_count_kv': null })],
    ['empties a list of the heads', tune({ ...LLAMA, 'llama.attention.head_count_kv': [] })],
    ['says nothing', tune({})],
    ['says impossible things', tune({ ...LLAMA, 'llama.block_count': 1e9 })],
    ['says it of a text', tune({ ...LLAMA, 'llama.block_count': '32' })],
    ['is a projector', tune({ ...LLAMA, 'general.architecture': 'clip' })],
    ['says negative things', tune({ ...LLAMA, 'llama.embedding_length': -4096 })],
  ])('is unknown where the provider %s', (_, provided) => {
    expect(memoryOfProvided(provided)).toBeNull()
  })
})
