import { lowerAscii } from './lower-ascii.js'
import { parseSplitSuffix } from './split-suffix.js'
import { splitLabels } from './quantization-label.js'
import { FOREIGN_FORMATS, FORMAT_DETAILS, FORMAT_WORDS } from './vocabulary.js'

/** A file, repository or tag taken apart. */
export interface NameWords {
  /** Words in order without sizes and formats: `['qwen', '2.5', 'instruct']`. */
  words: string[]
  /** Total or effective sizes, sorted: `['7b']`. */
  sizes: string[]
  /** Active parameters (`a3b`), else empty. */
  active: string
  labels: string[]
  /** Whether it names a format that is not GGUF (MLX, AWQ, FP8 …). */
  foreign: boolean
}

const SIZE = /^(?:(?:\d{1,3}x)?\d{1,4}(?:\.\d{1,3})?[bmt]|e\d{1,3}(?:\.\d{1,3})?b)$/
const ACTIVE = /^a\d{1,4}(?:\.\d{1,3})?[bm]$/
/** What EXL2 and EXL3 repositories say of their bits. */
const BITS = /^\d{1,2}(?:\.\d{1,2})?bpw$/
/** A dot separates words unless it stands between digits: `2.5` is one word, `it.Q4_K_M` is two. */
const SEPARATOR = /[-_ ]|(?<!\d)\.|\.(?!\d)/
const PIECES = /[a-z]+|[^a-z]+/g

/**
 * The words of one segment of a name. Text without ASCII letters and digits gives none.
 *
 * @param dotted - Whether `_` between digits is a dot, as Jan spells every dot: `Qwen2_5-0_5B`.
 * @example parseWords('Qwen2.5-7B-Instruct-Q4_K_M.gguf') // words qwen, 2.5, instruct; sizes 7b; labels Q4_K_M
 */
export function parseWords(segment: string, dotted = false): NameWords {
  const whole = segment.replace(/\.gguf$/i, '')
  const { labels, rest } = splitLabels(parseSplitSuffix(whole)?.stem ?? whole)
  const text = dotted ? rest.replace(/(?<=\d)_(?=\d)/g, '.') : rest
  const chunks = lowerAscii(text).split(SEPARATOR).filter(Boolean)
  const foreign = chunks.some(isForeign)
  const parsed: NameWords = { words: [], sizes: [], active: '', labels, foreign }
  for (const chunk of chunks) {
    if (FORMAT_WORDS.has(chunk) || isForeign(chunk) || (foreign && FORMAT_DETAILS.has(chunk))) continue
    if (SIZE.test(chunk)) parsed.sizes.push(chunk)
    else if (ACTIVE.test(chunk) && !parsed.active) parsed.active = chunk
    else parsed.words.push(...pieces(chunk))
  }
  parsed.sizes.sort()
  return parsed
}

function isForeign(chunk: string): boolean {
  return FOREIGN_FORMATS.has(chunk) || BITS.test(chunk)
}

/** Letters and numbers apart; `4.0` is `4`, as publishers and Ollama differ there. */
function pieces(chunk: string): string[] {
  return (chunk.match(PIECES) ?? []).map((piece) => piece.replace(/^(\d+)\.0$/, '$1'))
}

/**
 * The label of a parsed segment, where it is a GGUF label at all.
 *
 * @returns `null` without a label, and beside a format that is not GGUF.
 */
export function ggufLabel(parsed: NameWords): string | null {
  return parsed.foreign ? null : (parsed.labels.at(-1) ?? null)
}

/** Whether two different quantized labels stand in one segment: a quantization of something else. */
export function hasConflictingLabels(parsed: NameWords): boolean {
  const last = parsed.labels.at(-1)
  return parsed.labels.some((label) => label !== last && !/^(?:BF16|F16|F32|MXFP4)$/.test(label))
}

/**
 * The words with versions spelled `3_1` or `3-1` joined to `3.1`; `null` where there is none.
 *
 * @example joinVersions(['llama', '3', '3', 'instruct']) // ['llama', '3.3', 'instruct']
 */
export function joinVersions(words: readonly string[]): string[] | null {
  const at = words.findIndex((word, i) => /^\d$/.test(word) && /^\d$/.test(words[i + 1] ?? ''))
  if (at < 0) return null
  return [...words.slice(0, at), `${words[at]}.${words[at + 1]}`, ...words.slice(at + 2)]
}
