import type { ModelId } from '../../generated/ids.js'
import { lowerAscii } from './lower-ascii.js'
import { matchWords } from './match-words.js'
import { isQuantizationLabel } from './quantization-label.js'
import type { NameIndex } from './types.js'
import { OTHER_WEIGHTS, PROGRAM_FOLDERS } from './vocabulary.js'
import { parseWords } from './words.js'

/** Whether an owner's name leaves the weights alone: it neither reads like a model's nor says what was done to one. */
export function isPlainOwner(index: NameIndex, owner: string): boolean {
  const { words, sizes, active } = parseWords(owner)
  const isRepository = /gguf/i.test(owner) && words.length > 0
  const isSized = sizes.length > 0 || active !== '' || isRepository
  return !isSized && !OTHER_WEIGHTS.test(owner) && matchWords(index, owner) === null
}

/** A folder that names a model must name this one, or no more than this one's words. */
export function agrees(index: NameIndex, folder: string, model: ModelId): boolean {
  const lower = lowerAscii(folder)
  if (OTHER_WEIGHTS.test(folder)) return matchWords(index, folder) === model
  if (PROGRAM_FOLDERS.has(lower) || index.owners.has(lower) || isQuantizationLabel(folder)) return true
  if (model.startsWith(`${lower}:`)) return true
  return !namesModel(index, folder) || namesOnly(index, folder, model)
}

function namesModel(index: NameIndex, folder: string): boolean {
  const { words, sizes, active } = parseWords(folder)
  return (
    sizes.length > 0 ||
    active !== '' ||
    (/gguf/i.test(folder) && words.length > 0) ||
    words.some((word) => index.family_words.has(word))
  )
}

/** Whether a folder's words are this model's, all of them or some, in order, and do not name another model. */
export function namesOnly(index: NameIndex, folder: string, model: ModelId): boolean {
  const named = matchWords(index, folder) ?? dashedTag(index, folder)
  if (named !== null) return named === model
  const names = index.models.get(model)
  const { words, sizes, active } = parseWords(folder)
  if (names === undefined || /gguf/i.test(folder)) return false
  const activeKnown = active === '' || names.actives.has(active)
  const sizesKnown = activeKnown && sizes.length < 2 && sizes.every((size) => names.sizes.has(size))
  return sizesKnown && names.spellings.some((spelling) => isInOrder(words, spelling))
}

/** A tag with a dash for its colon, as folders are named: `qwen2.5-7b`. */
function dashedTag(index: NameIndex, folder: string): ModelId | null {
  const lower = lowerAscii(folder)
  for (let at = lower.indexOf('-'); at > 0; at = lower.indexOf('-', at + 1)) {
    const tag = index.tags.get(`${lower.slice(0, at)}:${lower.slice(at + 1)}`)
    if (tag) return tag.model
  }
  return null
}

/** Whether all words stand in the spelling, in that order: `llama`, `3.1` in `llama`, `3.1`, `instruct`. */
function isInOrder(words: readonly string[], spelling: readonly string[]): boolean {
  let next = 0
  for (const word of spelling) if (word === words[next]) next += 1
  return next === words.length
}
