import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Pair,
} from 'yaml'
import { compactData } from './compact-data.js'
import { decodeText, MAX_DEPTH, tooDeep, type Problem } from './decode-text.js'
import type { Diagnostic, Path, Position } from './diagnostic.js'
import { parsePlainYaml } from './plain-yaml.js'
import { show } from './show.js'
import { numberProblem, textProblem } from './scalar-problem.js'
import { syntaxProblem, TAG_PROBLEM } from './yaml-syntax.js'

/** What a diagnostic points at: the key of a field, or its value. */
export type Target = 'key' | 'value'

export interface Loaded {
  file: string
  /** Undefined where the file could not be read. */
  data: unknown
  /** Where a value of `data` stands; the nearest parent where it does not exist. */
  positionOf(path: Path, target?: Target): Position
  diagnostics: Diagnostic[]
}

// The level `silent` would also pass over a second document.
const OPTIONS = { uniqueKeys: false, logLevel: 'error' } as const

/** Diagnostics of one kind in one file; more of the same would only bury the others. */
const MAX_SAME = 20

/**
 * Parses one authored file. Never throws: whatever is wrong is in `diagnostics`, and `data` is then undefined.
 */
export function loadYaml(file: string, bytes: Uint8Array): Loaded {
  const { text, problems } = decodeText(bytes)
  if (problems.length > 0) return failed(file, problems)
  const plain = parsePlainYaml(text)
  if (plain) return { file, data: compactData(plain), positionOf: positions(bytes), diagnostics: [] }
  return loadDocument(file, bytes)
}

/** The same for a text that need not be plain: slower, and with an explanation of every mistake. */
export function loadDocument(file: string, bytes: Uint8Array): Loaded {
  const { text } = decodeText(bytes)
  const lines = new LineCounter()
  const document = parseDocument(text, { ...OPTIONS, lineCounter: lines })
  const syntax = syntaxProblem(document.errors, document.warnings)
  if (syntax) return failed(file, [syntax])
  const found = checkNodes(document, lines)
  if (found.length > 0) return failed(file, found)
  const data: unknown = document.toJS({ maxAliasCount: 0 })
  if (data === null || data === undefined) return failed(file, [emptyFile()])
  const loaded = { file, data: compactData(data), positionOf: positions(bytes), diagnostics: [] }
  return isMap(document.contents) ? loaded : failed(file, [notAMap(data, loaded.positionOf([]))])
}

function failed(file: string, problems: readonly Problem[]): Loaded {
  const counts = new Map<string, number>()
  const diagnostics = problems
    .map((problem) => ({ severity: 'error' as const, file, ...problem }))
    .filter(({ rule }) => {
      counts.set(rule, (counts.get(rule) ?? 0) + 1)
      return (counts.get(rule) ?? 0) <= MAX_SAME
    })
  return { file, data: undefined, positionOf: () => ({ line: 1, col: 1 }), diagnostics }
}

function emptyFile(): Problem {
  return {
    rule: 'yaml/empty',
    line: 1,
    col: 1,
    message: 'the file is empty',
    hint: 'start from an entry of the same family, or delete the file',
  }
}

function notAMap(data: unknown, at: Position): Problem {
  return {
    rule: 'schema/type',
    ...at,
    message: `the file must be a map of fields, got ${show(data)}`,
    hint: 'write one "field: value" a line, without a dash before it',
  }
}

/** Aliases, tags, duplicate keys, odd keys and hidden characters: everything that `data` would not show. */
function checkNodes(document: Document.Parsed, lines: LineCounter): Problem[] {
  const problems: Problem[] = []
  const stack: { node: unknown; depth: number }[] = [{ node: document.contents, depth: 0 }]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, depth } = next
    if (depth > MAX_DEPTH) return [tooDeep(place(lines, node))]
    if (isPair(node)) {
      stack.push({ node: node.key, depth }, { node: node.value, depth })
      continue
    }
    problems.push(...nodeProblems(node, lines))
    if (isMap(node)) problems.push(...keyProblems(node.items, lines))
    if (isCollection(node)) for (const item of node.items) stack.push({ node: item, depth: depth + 1 })
  }
  return problems
}

function nodeProblems(node: unknown, lines: LineCounter): Problem[] {
  const at = place(lines, node)
  if (isAlias(node) || ((isScalar(node) || isCollection(node)) && node.anchor !== undefined))
    return [
      {
        rule: 'yaml/alias',
        ...at,
        message: 'anchors (&name) and aliases (*name) are not allowed',
        hint: 'write the value out; what all sizes share belongs in family.yaml; quote a text that starts with & or *',
      },
    ]
  if ((isScalar(node) || isCollection(node)) && node.tag !== undefined) return [{ ...TAG_PROBLEM, ...at }]
  if (!isScalar(node)) return []
  const problem =
    typeof node.value === 'string'
      ? textProblem(node.value)
      : typeof node.value === 'number'
        ? numberProblem(node.value, node.source)
        : undefined
  return problem ? [{ ...problem, ...at }] : []
}

function keyProblems(items: readonly unknown[], lines: LineCounter): Problem[] {
  const seen = new Map<string, Position>()
  const problems: Problem[] = []
  for (const pair of items) {
    if (!isPair(pair)) continue
    const at = place(lines, pair.key)
    if (!isScalar(pair.key)) {
      problems.push({
        rule: 'yaml/syntax',
        ...at,
        message: 'the name of a field must be plain text',
        hint: 'write "field: value", without ?, [ or { before the colon',
      })
      continue
    }
    const name = String(pair.key.value)
    const first = seen.get(name)
    if (first) problems.push(duplicateKey(name, first, at))
    else seen.set(name, at)
  }
  return problems
}

function duplicateKey(name: string, first: Position, at: Position): Problem {
  return {
    rule: 'yaml/duplicate-key',
    ...at,
    message: `${show(name)} is given twice; the first is at ${first.line}:${first.col}`,
    hint: 'keep one of the two; a later one would silently replace the earlier',
  }
}

function place(lines: LineCounter, node: unknown): Position {
  const range = isScalar(node) || isCollection(node) || isAlias(node) ? node.range : undefined
  const { line, col } = lines.linePos(range?.[0] ?? 0)
  return { line: Math.max(1, line), col: Math.max(1, col) }
}

/**
 * Places of values in a file. Its tree is many times its size, and places are asked for rarely: the tree is built
 * again when needed, and kept until another file's is.
 */
function positions(bytes: Uint8Array): Loaded['positionOf'] {
  return (path, target = 'value') => {
    const { document, lines } = parseAgain(bytes)
    let node: unknown = document.contents
    let at = place(lines, node)
    for (const [depth, step] of path.entries()) {
      const last = depth === path.length - 1
      const item = isSeq(node) && typeof step === 'number' ? node.items[step] : findPair(node, step)
      if (item === undefined) return at
      node = isPair(item) ? item.value : item
      const empty = isScalar(node) && (node.value === null || node.range?.[0] === node.range?.[1])
      const pointAtKey = isPair(item) && (empty || (last ? target === 'key' : isCollection(node)))
      at = place(lines, pointAtKey && isPair(item) ? item.key : node)
    }
    return at
  }
}

interface Tree {
  bytes: Uint8Array
  document: Document.Parsed
  lines: LineCounter
}

let latest: Tree | undefined

function parseAgain(bytes: Uint8Array): Tree {
  if (latest?.bytes !== bytes) {
    const lines = new LineCounter()
    const { text } = decodeText(bytes)
    latest = { bytes, lines, document: parseDocument(text, { ...OPTIONS, lineCounter: lines }) }
  }
  return latest
}

function findPair(node: unknown, step: string | number): Pair | undefined {
  if (!isMap(node)) return undefined
  return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(step))
}
