import { isPlainOwner } from './agreement.js'
import { matchWords } from './match-words.js'
import { fileLabel, resolvePath } from './resolve-path.js'
import type { Meaning, NameIndex } from './types.js'
import { ggufLabel, parseWords } from './words.js'

/** What the web address of a file has between repository and folders. */
const VIEWS = new Set(['resolve', 'blob', 'tree', 'raw'])

/**
 * A Hugging Face repository: `owner/repo[:tag][/folder…/file]`. The tag is a label, `latest`, or a file.
 *
 * @example resolveRepository(index, ['Qwen', 'Qwen3-8B-GGUF:Q5_0']) // qwen3:8b, Q5_0
 */
export function resolveRepository(index: NameIndex, segments: readonly string[]): Meaning {
  const [owner = '', reference = '', ...inside] = segments
  const [repo = '', tag, ...more] = reference.split(':')
  const isBroken = owner === '' || repo === '' || tag === '' || more.length > 0
  if (isBroken || inside.some((part) => part.includes(':'))) return { model: null, quantization: null }
  const path = VIEWS.has(inside[0] ?? '') ? inside.slice(2) : inside
  const file = path.at(-1) ?? (tag !== undefined && /\.gguf$/i.test(tag) ? tag : undefined)
  if (file !== undefined) return resolvePath(index, { owner, repo, folders: path.slice(0, -1), file })
  if (tag === undefined || tag.toLowerCase() === 'latest')
    return {
      model: isPlainOwner(index, owner) ? matchWords(index, repo) : null,
      quantization: owner.toLowerCase() === 'mlx-community' ? null : fileLabel(index, repo),
    }
  const parsed = parseWords(tag)
  const isLabel = parsed.labels.length === 1 && parsed.words.length + parsed.sizes.length === 0
  return {
    model: isLabel && isPlainOwner(index, owner) ? matchWords(index, repo) : null,
    quantization: ggufLabel(parsed),
  }
}
