import { matchWords } from './match-words.js'
import type { Meaning, NameIndex } from './types.js'
import { ggufLabel, parseWords } from './words.js'

/**
 * A model of Docker's `ai` namespace: `family[:SIZE[-ACTIVE][-LABEL]]`. Docker's `latest` is not Ollama's
 * file, so a name without a size is unknown unless its own words name one model.
 *
 * @example resolveDockerName(index, 'qwen3:30B-A3B-Q4_K_M') // qwen3:30b-a3b, Q4_K_M
 */
export function resolveDockerName(index: NameIndex, reference: string): Meaning {
  const [family = '', tag = '', ...more] = reference.toLowerCase().split(':')
  if (more.length > 0 || family === '') return { model: null, quantization: null }
  const parsed = parseWords(tag)
  const quantization = ggufLabel(parsed)
  if (parsed.words.length > 0 && tag !== 'latest') return { model: null, quantization }
  const size = [...parsed.sizes, ...(parsed.active ? [parsed.active] : [])].join('-')
  const key = `${family}:${size}`
  const sized = size === '' ? null : (index.tags.get(key)?.model ?? index.tag_stems.get(key))
  const spelled = index.families.has(family)
    ? null
    : matchWords(index, size === '' ? family : `${family}-${size}`)
  return { model: sized ?? spelled, quantization }
}
