import type { NameFacts, Spelling } from './types.js'
import { BRANDS, HUB_FAMILIES, HUB_UNDATED_FAMILIES, SINGLE_SIZE_FAMILIES } from './vocabulary.js'
import type { NameWords } from './words.js'
import { parseWords } from './words.js'
import { splitTag } from './ollama-tag.js'

/** A spelling with the words that it is found under. */
export interface KeyedSpelling extends Spelling {
  words: readonly string[]
}

/** A word that says that a name is not the base model's. */
const TUNED = new Set(['instruct', 'it', 'chat', 'distill', 'think', 'thinking'])

/** The last part of a repository's path: `Qwen/Qwen3-8B` is `Qwen3-8B`. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The name without a brand that belongs to the owner: `Meta-Llama-3.1-8B` of meta-llama. */
export function dropBrand(name: string, owner: string): string {
  const brand = /^[a-z0-9]+(?=[-_ ])/i.exec(name)?.[0].toLowerCase() ?? ''
  const ownerStart = BRANDS.get(brand)
  return ownerStart !== undefined && owner.startsWith(ownerStart) ? name.slice(brand.length + 1) : name
}

/**
 * Every way in which repositories and files spell a model.
 *
 * A build's repository counts only if it has the very words of the publisher's: `-qat`, `-128K` and
 * shortened names are left out, since the words that they add or drop tell other models apart. So do
 * tags without a label: `mistral:7b-instruct` is v0.3, but `Mistral-7B-Instruct` never was.
 */
export function spellModel(facts: NameFacts): KeyedSpelling[] {
  const owner = (facts.repo ?? '').split('/')[0]?.toLowerCase() ?? ''
  const own = facts.repo === undefined ? [] : [dropBrand(lastSegment(facts.repo), owner)]
  const aliases = facts.aliases.filter((alias) => !alias.includes(':'))
  const parsed = [...own, ...aliases.map(lastSegment)].map((name) => parseWords(name))
  const first = parsed[0]
  for (const repo of facts.gguf_repos) {
    const words = parseWords(dropBrand(withoutOwner(lastSegment(repo), owner), owner))
    if (first === undefined || sameWords(words, first)) parsed.push(words)
  }
  for (const stem of labelledStems(facts)) {
    const words = parseWords(stem.replace(':', '-'))
    if (words.words.some((word) => TUNED.has(word))) parsed.push(words)
  }
  return parsed.flatMap((words) => relaxSizes(facts, words))
}

/** What LM Studio's hub calls the model: without `instruct`, sometimes without its date and size. */
export function spellForHub(facts: NameFacts): KeyedSpelling[] {
  const family = familyOf(facts)
  if (facts.repo === undefined || !HUB_FAMILIES.has(family)) return []
  const full = parseWords(lastSegment(facts.repo))
  const words = full.words.filter((word) => word !== 'instruct' && word !== 'it')
  if (words.length === full.words.length || full.sizes.includes('270m')) return []
  const undated = words.filter((word) => !/^\d{4}$/.test(word))
  const both = HUB_UNDATED_FAMILIES.has(family) ? [words, undated] : [words]
  return both.flatMap((each) => relaxSizes(facts, { ...full, words: each }))
}

/** The model's Ollama tags without their labels, each once, as far as they have one. */
function labelledStems({ ollama_tags }: NameFacts): Set<string> {
  const split = ollama_tags.map(({ tag }) => splitTag(tag))
  return new Set(split.flatMap(({ stem, quantized }) => (quantized ? [stem] : [])))
}

export function familyOf({ id }: Pick<NameFacts, 'id'>): string {
  return id.slice(0, id.indexOf(':'))
}

function relaxSizes(facts: NameFacts, parsed: NameWords): KeyedSpelling[] {
  const { words, sizes, active } = parsed
  const spelling = { model: facts.id, words, sizes, active }
  const spellings = [spelling]
  if (active && mayDropActive(facts, parsed)) spellings.push({ ...spelling, active: '' })
  if (SINGLE_SIZE_FAMILIES.has(familyOf(facts))) spellings.push({ ...spelling, sizes: [], active: '' })
  if (facts.kind === 'embedding') spellings.push({ ...spelling, words: [...words, 'embedding'] })
  return words.length > 0 ? spellings : []
}

/** `qwen3-30b` may be the April or the July weights, so `a3b` is left out only where the bare size is the model's. */
function mayDropActive(facts: NameFacts, { words, sizes }: NameWords): boolean {
  const bare = `${familyOf(facts)}:${sizes.join('-')}`
  const ownsBareSize = bare === facts.id || facts.ollama_tags.some(({ tag }) => tag === bare)
  return sizes.length > 0 && (ownsBareSize || words.some((word) => TUNED.has(word)))
}

function withoutOwner(name: string, owner: string): string {
  const lower = name.toLowerCase()
  return owner && lower.startsWith(`${owner}_`) ? name.slice(owner.length + 1) : name
}

function sameWords(a: NameWords, b: NameWords): boolean {
  const key = (parsed: NameWords) =>
    [parsed.words.toSorted().join(' '), parsed.sizes.join(' '), parsed.active].join('|')
  return key(a) === key(b)
}
