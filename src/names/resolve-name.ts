import type { ModelId } from '../../generated/ids.js'
import { isPlainOwner } from './agreement.js'
import { matchHubName, matchWords } from './match-words.js'
import { lowerAscii } from './lower-ascii.js'
import { isRootedPath, parseModelPath } from './model-path.js'
import { resolveDockerName } from './resolve-docker.js'
import { fileLabel, resolvePath } from './resolve-path.js'
import { resolveRepository } from './resolve-repository.js'
import { resolveTag } from './resolve-tag.js'
import type { Meaning, NameIndex, ResolvedName } from './types.js'
import { EMBEDDING_WORDS } from './vocabulary.js'
import { ggufLabel, parseWords } from './words.js'

/** Longer than any path that a provider reports; everything below is linear in it. */
const MAX_LENGTH = 1024
const PLAIN = /^[a-z0-9](?:[a-z0-9._/:@-]*[a-z0-9])?$/i
const OLLAMA_HOSTS = new Set(['registry.ollama.ai', 'ollama.com', 'ollama.ai'])
const HUB_HOSTS = new Set(['hf.co', 'huggingface.co', 'www.huggingface.co'])
const DOCKER_HOSTS = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])
const SERVERS = new Set(['koboldcpp'])

const NOTHING: Meaning = { model: null, quantization: null }

/**
 * Which catalog model and quantization a provider's name means. Parsed, never searched: the name must
 * have a model's own words, all of them and no other, so `dolphin-mixtral` is not `mixtral`.
 *
 * @param index - From `buildNameIndex`.
 * @param name - As the provider spells it; anything at all, hostile or long.
 * @returns One answer; the model is `null` unless the name means these very weights.
 * @example resolveName(index, 'bartowski/Qwen2.5-7B-Instruct-GGUF:Q4_K_M').model // 'qwen2.5:7b'
 */
export function resolveName(index: NameIndex, name: string): ResolvedName {
  const meaning = name.length > 0 && name.length <= MAX_LENGTH ? findMeaning(index, name) : NOTHING
  const { model, quantization } = meaning
  const kind =
    (model && index.models.get(model)?.kind) ?? (looksLikeEmbedding(name) ? 'embedding' : 'unknown')
  const isListed = [name, `${name}:latest`].some((text) => index.literals.has(lowerAscii(text)))
  const confidence = model === null ? 'none' : isListed ? 'exact' : 'likely'
  return { name, model, quantization, confidence, kind }
}

function findMeaning(index: NameIndex, name: string): Meaning {
  const text = name.replaceAll('\\', '/').replace(/^https?:\/\/(?=(?:hf\.co|huggingface\.co)\/)/i, '')
  if (isRootedPath(text)) {
    const path = parseModelPath(text)
    return path ? resolvePath(index, path) : NOTHING
  }
  if (!PLAIN.test(text)) return NOTHING
  const [base = '', variant, ...more] = text.split('@')
  if (variant === undefined) return resolveReference(index, text)
  const parsed = parseWords(variant)
  if (more.length > 0 || parsed.words.length + parsed.sizes.length > 0 || variant === '') return NOTHING
  return { model: matchVariant(index, base), quantization: ggufLabel(parsed) }
}

/** LM Studio's `model@variant` or `publisher/model@variant`: words, never a tag of the Ollama library. */
function matchVariant(index: NameIndex, base: string): ModelId | null {
  if (base.includes(':')) return null
  return base.includes('/') ? resolveReference(index, base).model : matchText(index, base)
}

function resolveReference(index: NameIndex, text: string): Meaning {
  const segments = text.split('/')
  if (segments.includes('')) return NOTHING
  const [first = '', ...rest] = segments
  const host = first.toLowerCase()
  if (HUB_HOSTS.has(host)) return resolveRepository(index, rest)
  if (host.startsWith('hf:')) return resolveRepository(index, [first.slice(3), ...rest])
  if (DOCKER_HOSTS.has(host))
    return rest[0] === 'ai' && rest.length === 2 ? resolveDockerName(index, rest[1] ?? '') : NOTHING
  if (OLLAMA_HOSTS.has(host))
    return rest[0] === 'library' && rest.length === 2 ? libraryName(index, rest[1] ?? '') : NOTHING
  if (segments.length === 1) return resolveSingle(index, text)
  if (segments.length === 2 && host === 'library') return libraryName(index, rest[0] ?? '')
  if (segments.length === 2 && host === 'ai') return resolveDockerName(index, rest[0] ?? '')
  if (segments.length === 2 && SERVERS.has(host)) return resolveSingle(index, rest[0] ?? '')
  return resolveOwned(index, segments)
}

function libraryName(index: NameIndex, reference: string): Meaning {
  return resolveTag(index, reference) ?? { model: null, quantization: labelOf(reference) }
}

/** A name without owner: a tag of the library, else the words of a file, repository or alias. */
function resolveSingle(index: NameIndex, text: string): Meaning {
  const [left = '', tag, ...more] = text.split(':')
  if (more.length > 0 || tag === '' || left === '') return NOTHING
  const library = resolveTag(index, text)
  if (library) return tag === undefined ? resolveFamily(index, text, library) : library
  if (tag === undefined) return { model: matchText(index, text), quantization: fileLabel(index, text) }
  const parsed = parseWords(tag)
  const isLabel = parsed.labels.length === 1 && parsed.words.length + parsed.sizes.length === 0
  const model = isLabel && !index.families.has(left.toLowerCase()) ? matchText(index, left) : null
  return { model, quantization: ggufLabel(parsed) }
}

/**
 * `deepseek-r1` is Ollama's family, `DeepSeek-R1` may be the repository of another model. A name in both cases is a
 * repository's where its words are, and says nothing of a label.
 */
function resolveFamily(index: NameIndex, text: string, library: Meaning): Meaning {
  const words = text === text.toLowerCase() ? null : matchWords(index, text)
  if (words === null) return library
  if (words !== library.model) return NOTHING
  return text === text.toUpperCase() ? library : { model: words, quantization: fileLabel(index, text) }
}

/** `owner/name` of Hugging Face or LM Studio; with folders a path; a tag only behind a GGUF repository. */
function resolveOwned(index: NameIndex, segments: readonly string[]): Meaning {
  const last = segments.at(-1) ?? ''
  if (segments.slice(0, -1).some((part) => part.includes(':'))) return NOTHING
  if (last.includes(':')) {
    const isRepository = segments.length === 2 && /gguf/i.test(last.slice(0, last.indexOf(':')))
    return isRepository ? resolveRepository(index, segments) : { model: null, quantization: labelOf(last) }
  }
  if (segments.length > 2 || /\.gguf$/i.test(last)) {
    const path = parseModelPath(segments.join('/'))
    return path ? resolvePath(index, path) : NOTHING
  }
  const [owner = ''] = segments
  const isNamespace = index.families.has(last.toLowerCase()) && !index.owners.has(owner.toLowerCase())
  const model =
    isNamespace || !isPlainOwner(index, owner)
      ? null
      : (matchText(index, last) ?? matchHubName(index, owner, last))
  return { model, quantization: owner.toLowerCase() === 'mlx-community' ? null : fileLabel(index, last) }
}

/** Words of a segment; LM Studio writes `text-embedding-` in front of embedding models. */
function matchText(index: NameIndex, text: string): ModelId | null {
  const embedding = /^text-embedding-(.+)$/i.exec(text)?.[1]
  if (embedding === undefined) return matchWords(index, text)
  const model = matchWords(index, embedding)
  return model !== null && index.models.get(model)?.kind === 'embedding' ? model : null
}

function labelOf(reference: string): string | null {
  return ggufLabel(parseWords(reference.slice(reference.indexOf(':') + 1)))
}

function looksLikeEmbedding(name: string): boolean {
  if (name.length > MAX_LENGTH) return false
  return (
    /embed/i.test(name) ||
    name
      .toLowerCase()
      .split(/[^a-z]+/)
      .some((word) => EMBEDDING_WORDS.has(word))
  )
}
