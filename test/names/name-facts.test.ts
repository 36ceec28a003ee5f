import { describe, expect, it } from 'vitest'
import { nameFactsFromTables } from '../../src/names/index.js'
import type { DetailRow, GgufRow, ModelRow } from '../../generated/types.js'

const model: ModelRow = {
  id: 'qwen3:8b',
  family: 'qwen3',
  name: 'Qwen3 8B',
  publisher: 'Alibaba Qwen',
  licence: 'Apache-2.0',
  release: '2025-04',
  kind: 'chat',
  description: 'A model.',
  parameters: 8_190_735_360,
  architecture: {
    'general.architecture': 'qwen3',
    vocab_size: 151_936,
    tied_embeddings: false,
    block_count: 36,
    context_length: 40_960,
    embedding_length: 4096,
  },
  context: { max: 40_960, default: 32_768 },
  modalities: ['text'],
  thinking: 'hybrid',
  tools: true,
  tier: 'compatible',
  builds: [],
}
const detail: DetailRow = {
  repo: 'Qwen/Qwen3-8B',
  aliases: ['qwen3:8b-hybrid'],
  tier_reason: 'none',
  evidence: [],
  sources: [],
}
const build: GgufRow = {
  quantization: 'Q4_K_M',
  repo: 'Qwen/Qwen3-8B-GGUF',
  files: [{ name: 'folder/Qwen3-8B-Q4_K_M.gguf' }],
  ollama_tag: 'qwen3:8b-q4_K_M',
  ollama_aliases: ['qwen3:8b'],
  source: 'https://huggingface.co/Qwen/Qwen3-8B-GGUF',
}

describe('nameFactsFromTables', () => {
  it('joins the three tables by id', () => {
    const [facts] = nameFactsFromTables([model], { 'qwen3:8b': detail }, { 'qwen3:8b': [build] })
    expect(facts).toEqual({
      id: 'qwen3:8b',
      kind: 'chat',
      repo: 'Qwen/Qwen3-8B',
      aliases: ['qwen3:8b-hybrid'],
      gguf_repos: ['Qwen/Qwen3-8B-GGUF'],
      files: [{ name: 'Qwen3-8B-Q4_K_M.gguf', quantization: 'Q4_K_M' }],
      ollama_tags: [
        { tag: 'qwen3:8b-q4_K_M', quantization: 'Q4_K_M' },
        { tag: 'qwen3:8b', quantization: 'Q4_K_M' },
      ],
    })
  })

  it('knows a model without details and builds by its id', () => {
    const [facts] = nameFactsFromTables([model], {}, {})
    expect(facts).toMatchObject({ id: 'qwen3:8b', aliases: [], gguf_repos: [], ollama_tags: [] })
    expect(facts).not.toHaveProperty('repo')
  })
})
