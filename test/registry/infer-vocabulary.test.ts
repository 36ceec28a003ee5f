import { describe, expect, it } from 'vitest'
import { listModels, getModel } from '../../src/catalog/index.js'
import { countParameters } from '../../src/memory/index.js'
import { inferVocabulary } from '../../src/registry/infer-vocabulary.js'

function inferred(id: Parameters<typeof getModel>[0], special: number) {
  const { architecture } = getModel(id)
  const parameters = countParameters(architecture)?.total ?? 0
  const header = new Map([['tokenizer.ggml.eos_token_id', special]])
  return inferVocabulary({ ...architecture, vocab_size: 1 }, header, parameters)
}

describe('the vocabulary of a header without its tokens', () => {
  it('is what the parameters leave: one table of embeddings for Llama 3.2 1B', () => {
    expect(inferred('llama3.2:1b', 128_009)).toEqual({ vocab_size: 128_256, tied_embeddings: true })
  })

  it('is half of it where embeddings and output are apart', () => {
    expect(inferred('qwen2.5:7b', 151_645)).toEqual({ vocab_size: 152_064, tied_embeddings: false })
  })

  it('is right for every model of the catalog whose last token is special', () => {
    const wrong = listModels().filter(({ id, architecture }) => {
      const result = inferred(id, architecture.vocab_size - 1)
      return result !== null && result.vocab_size !== architecture.vocab_size
    })
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it('is left to the header where that says it, and unknown where nothing does', () => {
    const { architecture } = getModel('llama3.2:1b')
    expect(inferVocabulary(architecture, new Map(), 1_235_814_400)).toBeNull()
    const bare = { ...architecture, vocab_size: 1 }
    expect(inferVocabulary(bare, new Map(), null)).toBeNull()
    expect(inferVocabulary(bare, new Map(), 1000)).toBeNull()
    expect(inferVocabulary({ ...bare, 'general.architecture': 'nobody' }, new Map(), 1e9)).toBeNull()
  })
})
