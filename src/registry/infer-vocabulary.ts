import type { Architecture } from '../../generated/types.js'
import type { GgufValue } from '../gguf/index.js'
import { countParameters } from '../memory/index.js'

type Vocabulary = Pick<Architecture, 'vocab_size' | 'tied_embeddings'>

/**
 * Vocabulary of a header without the list of tokens: what the stated number of parameters leaves when all blocks are
 * counted. The same rest is one table of embeddings or two of half the length; two where the special tokens, which
 * stand at a vocabulary's end, still have room.
 *
 * @param parameters - Of the whole model, as the header or the provider states it.
 * @returns `null` where the header says the size itself, or nothing can be inferred.
 * @example 1,235,814,400 parameters of Llama 3.2 1B and its token 128,009 // { vocab_size: 128256, tied_embeddings: true }
 */
export function inferVocabulary(
  shape: Architecture,
  header: ReadonlyMap<string, GgufValue>,
  parameters: number | null,
): Vocabulary | null {
  if (shape.vocab_size > 1 || parameters === null) return null
  const rowsOf = (tied_embeddings: boolean): number => {
    const [none = NaN, one = NaN] = [0, 1].map(
      (vocab_size) => countParameters({ ...shape, vocab_size, tied_embeddings })?.total,
    )
    return Math.round((parameters - none) / (one - none))
  }
  const tied_embeddings = rowsOf(false) <= highestSpecialToken(header)
  const vocab_size = rowsOf(tied_embeddings)
  return vocab_size >= 1 ? { vocab_size, tied_embeddings } : null
}

function highestSpecialToken(header: ReadonlyMap<string, GgufValue>): number {
  const ids = [...header].flatMap(([key, value]) =>
    /^tokenizer\.ggml\.\w+_token_id$/.test(key) && typeof value === 'number' ? [value] : [],
  )
  return Math.max(-1, ...ids)
}
