import type { ModelId } from '../../generated/ids.js'
import { lowerAscii } from './lower-ascii.js'
import { wordsKey } from './name-index.js'
import type { ModelNames, NameIndex, Spelling } from './types.js'
import { BRANDS, HUB_PUBLISHERS, UPLOADERS } from './vocabulary.js'
import type { NameWords } from './words.js'
import { hasConflictingLabels, joinVersions, parseWords } from './words.js'

/** Hugging Face owners that the hub calls something else: in front of such a name it is a repository. */
const RENAMED_OWNERS: ReadonlySet<string> = new Set(HUB_PUBLISHERS.values())

/**
 * The model whose words these are: all of them and no other, in order. Sizes may stand anywhere.
 *
 * @param segment - One segment: a repository, file, folder or alias, without owner folder.
 * @returns `null` where no model, or more than one, is spelled so.
 */
export function matchWords(index: NameIndex, segment: string): ModelId | null {
  const whole = lookUp(index, index.spellings, segment)
  if (whole !== null) return whole
  for (const [owner, text] of withoutOwners(index, segment)) {
    const model = lookUp(index, index.spellings, text)
    if (model !== null) return mayCarry(index, owner, model) ? model : null
  }
  return null
}

/**
 * The model that LM Studio's hub calls `publisher/name`; the hub writes lower case only, and a name
 * that could be the base model's repository is not taken for the tuned one.
 *
 * @example matchHubName(index, 'google', 'gemma-3-4b') // 'gemma3:4b'
 */
export function matchHubName(index: NameIndex, publisher: string, name: string): ModelId | null {
  if (`${publisher}/${name}` !== `${publisher}/${name}`.toLowerCase()) return null
  if (RENAMED_OWNERS.has(publisher)) return null
  const model = lookUp(index, index.hub_spellings, name)
  const owner = HUB_PUBLISHERS.get(publisher) ?? publisher
  return model !== null && index.models.get(model)?.owner === owner ? model : null
}

/** The segment without `owner_` or `owner.` in front, for every owner that we know. */
function* withoutOwners(index: NameIndex, segment: string): Generator<[owner: string, text: string]> {
  for (let at = segment.search(/[_.]/); at > 0 && at < 64; at = nextSeparator(segment, at)) {
    const owner = lowerAscii(segment.slice(0, at))
    if (index.owners.has(owner)) yield [owner, segment.slice(at + 1)]
  }
}

/** An owner in front of a name is the publisher or an uploader; another publisher's name says other weights. */
function mayCarry(index: NameIndex, owner: string, model: ModelId): boolean {
  const publisher = index.models.get(model)?.owner
  return (HUB_PUBLISHERS.get(owner) ?? owner) === publisher || UPLOADERS.includes(owner)
}

function nextSeparator(text: string, after: number): number {
  const next = text.slice(after + 1).search(/[_.]/)
  return next < 0 ? -1 : after + 1 + next
}

function lookUp(index: NameIndex, table: NameIndex['spellings'], text: string): ModelId | null {
  const found = new Set<ModelId>()
  for (const [owner, name] of brandVariants(text)) {
    for (const parsed of readings(name)) {
      if (hasConflictingLabels(parsed)) return null
      for (const spelling of table.get(wordsKey(parsed.words)) ?? []) {
        const names = index.models.get(spelling.model)
        if (names && (owner === '' || names.owner.startsWith(owner)) && sizesAgree(spelling, parsed, names))
          found.add(spelling.model)
      }
    }
    if (found.size > 0) break
  }
  const [model] = found
  return found.size === 1 && model !== undefined ? model : null
}

/** The name's words, and what they are where `_` or `-` stands for the dot of a version or a size. */
function readings(name: string): NameWords[] {
  const plain = parseWords(name)
  const joined = joinVersions(plain.words)
  const versions = joined ? [{ ...plain, words: joined }] : []
  return [plain, ...versions, ...(/\d_\d/.test(name) ? [parseWords(name, true)] : [])]
}

/** The name, and the name without a publisher's brand in front, with the owner whose models it then names. */
function brandVariants(text: string): [owner: string, name: string][] {
  const brand = /^[a-z0-9]+(?=[-_ ])/i.exec(text)?.[0].toLowerCase()
  const owner = brand === undefined ? undefined : BRANDS.get(brand)
  if (brand === undefined || owner === undefined) return [['', text]]
  return [
    ['', text],
    [owner, text.slice(brand.length + 1)],
  ]
}

function sizesAgree(spelling: Spelling, parsed: NameWords, names: ModelNames): boolean {
  if (spelling.active !== parsed.active) return false
  if (spelling.sizes.join(' ') === parsed.sizes.join(' ')) return true
  const [added] = parsed.sizes
  return (
    spelling.sizes.length === 0 && parsed.sizes.length === 1 && added !== undefined && names.sizes.has(added)
  )
}
