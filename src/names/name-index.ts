import type { ModelId } from '../../generated/ids.js'
import { splitTag } from './ollama-tag.js'
import { parseQuantizationLabel } from './quantization-label.js'
import type { KeyedSpelling } from './spellings.js'
import { familyOf, spellForHub, spellModel } from './spellings.js'
import type { ModelNames, NameFacts, NameIndex, Spelling, TagMeaning } from './types.js'
import { HUB_PUBLISHERS, MOVED_TAGS, UPLOADERS } from './vocabulary.js'
import { parseWords } from './words.js'

/**
 * Prepares the look-ups of `resolveName`: a few milliseconds for some hundred models, so build it on first use.
 *
 * @param facts - One entry a model; see `nameFactsFromTables`.
 */
export function buildNameIndex(facts: readonly NameFacts[]): NameIndex {
  const families = new Set(facts.flatMap((each) => [familyOf(each), ...tagFamilies(each)]))
  return {
    spellings: groupByWords(facts.flatMap(spellModel)),
    hub_spellings: groupByWords(facts.flatMap(spellForHub)),
    tags: tagTable(facts),
    tag_stems: stemTable(facts),
    file_labels: new Map(facts.flatMap(unlabelledFiles)),
    literals: new Set(facts.flatMap(literalsOf)),
    families,
    family_words: new Set([...families].flatMap((family) => /^[a-z]{3,}/.exec(family)?.[0] ?? [])),
    owners: new Set([...facts.flatMap(ownersOf), ...UPLOADERS, ...HUB_PUBLISHERS.keys()]),
    models: new Map(facts.map((each) => [each.id, modelNames(each)])),
  }
}

/** Key of a list of words in the index. */
export function wordsKey(words: readonly string[]): string {
  return words.join(' ')
}

function groupByWords(spellings: readonly KeyedSpelling[]): Map<string, Spelling[]> {
  const groups = new Map<string, Spelling[]>()
  for (const { words, ...spelling } of spellings) {
    const key = wordsKey(words)
    const group = groups.get(key)
    if (group) group.push(spelling)
    else groups.set(key, [spelling])
  }
  return groups
}

/** A tag that two models claim means neither; an id always means itself. */
function tagTable(facts: readonly NameFacts[]): Map<string, TagMeaning | null> {
  const tags = new Map<string, TagMeaning | null>()
  for (const { id: model, ollama_tags, aliases } of facts) {
    for (const { tag, quantization } of ollama_tags) addTag(tags, tag, { model, quantization })
    for (const alias of aliases) if (alias.includes(':')) addTag(tags, alias, { model, quantization: null })
  }
  for (const { id, ollama_tags } of facts) {
    const own = ollama_tags.find(({ tag }) => tag.toLowerCase() === id)
    tags.set(id, { model: id, quantization: own?.quantization ?? MOVED_TAGS.get(id) ?? null })
  }
  return tags
}

function addTag(tags: Map<string, TagMeaning | null>, tag: string, meaning: TagMeaning): void {
  const key = tag.toLowerCase()
  const present = tags.get(key)
  if (present === undefined) tags.set(key, meaning)
  else if (present?.model !== meaning.model) tags.set(key, null)
}

/**
 * Only labelled tags give a stem: `mistral:7b-instruct` is v0.3 today, while `mistral:7b-instruct-q4_0`
 * is still an older version.
 */
function stemTable(facts: readonly NameFacts[]): Map<string, ModelId | null> {
  const stems = new Map<string, ModelId | null>()
  for (const { id, ollama_tags } of facts)
    for (const { tag } of ollama_tags) {
      const { stem, quantized } = splitTag(tag)
      const present = stems.get(stem)
      if (quantized) stems.set(stem, present === undefined || present === id ? id : null)
    }
  return stems
}

function modelNames(facts: NameFacts): ModelNames {
  const spelled = [...spellModel(facts), ...spellForHub(facts)]
  const stems = new Set([facts.id, ...facts.ollama_tags.map(({ tag }) => splitTag(tag).stem)])
  const tags = [...stems].map((stem) => parseWords(stem.replace(':', '-')))
  const parts = [...spelled, ...tags]
  return {
    kind: facts.kind,
    owner: ownersOf(facts)[0] ?? '',
    sizes: new Set(parts.flatMap((part) => part.sizes)),
    actives: new Set(parts.map((part) => part.active)),
    spellings: parts.map((part) => part.words),
  }
}

function unlabelledFiles({ files }: NameFacts): [string, string][] {
  return files
    .filter(({ name, quantization }) => !name.toUpperCase().includes(quantization))
    .filter(({ name }) => parseQuantizationLabel(name) === null)
    .map(({ name, quantization }) => [name.toLowerCase(), quantization])
}

function literalsOf({ id, repo, aliases, gguf_repos, files, ollama_tags }: NameFacts): string[] {
  const names = [
    id,
    repo ?? id,
    ...aliases,
    ...gguf_repos,
    ...files.map(({ name }) => name),
    ...ollama_tags.map(({ tag }) => tag),
  ]
  return names.map((name) => name.toLowerCase())
}

function ownersOf({ repo, gguf_repos }: NameFacts): string[] {
  const repos = repo === undefined ? gguf_repos : [repo, ...gguf_repos]
  return repos.map((path) => path.slice(0, path.indexOf('/')).toLowerCase())
}

function tagFamilies({ ollama_tags }: NameFacts): string[] {
  return ollama_tags.map(({ tag }) => tag.slice(0, tag.indexOf(':')).toLowerCase())
}
