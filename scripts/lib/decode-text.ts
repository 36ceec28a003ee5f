import type { Diagnostic, Position } from './diagnostic.js'
import { codePointName } from './show.js'

/** The largest real file has about 40 kB; a larger one is an accident or an attack. */
export const MAX_FILE_BYTES = 1_000_000

/** The deepest real value is 6 levels down; the parser's recursion survives about 500. */
export const MAX_DEPTH = 32

/** Characters that a reviewer does not see, or sees elsewhere than they are. */
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/u

const TAB_INDENT = /^[ \t]*?\t/

export type Problem = Pick<Diagnostic, 'rule' | 'message' | 'hint'> & Position

export function findHidden(text: string): { index: number; name: string } | undefined {
  const match = HIDDEN.exec(text)
  return match ? { index: match.index, name: codePointName(match[0]) } : undefined
}

/** Text of a file and what is wrong with its bytes; problems mean that it must not be parsed. */
export function decodeText(bytes: Uint8Array): { text: string; problems: Problem[] } {
  if (bytes.length > MAX_FILE_BYTES) return { text: '', problems: [tooLarge(bytes.length)] }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const problem = encodingProblem(bytes, text)
  if (problem) return { text, problems: [problem] }
  return { text, problems: text.split(/\r?\n/).flatMap(lineProblems).concat(depthProblem(text)) }
}

function tooLarge(size: number): Problem {
  return {
    rule: 'yaml/too-large',
    line: 1,
    col: 1,
    message: `the file has ${size} bytes; ${MAX_FILE_BYTES} are allowed`,
    hint: 'one entry is about 10 kB: is this another file, pasted or renamed?',
  }
}

function encodingProblem(bytes: Uint8Array, text: string): Problem | undefined {
  const at = {
    rule: 'yaml/encoding',
    line: 1,
    col: 1,
    hint: 'save the file as UTF-8 without a byte order mark',
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { ...at, message: 'the file is UTF-16' }
  if (text.startsWith('\ufeff')) return { ...at, message: 'the file starts with a byte order mark (U+FEFF)' }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return undefined
  } catch {
    const before = text.slice(0, text.indexOf('\ufffd')).split('\n')
    const place = { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 }
    return { ...at, ...place, message: 'the file is not UTF-8 from here on' }
  }
}

function lineProblems(line: string, index: number): Problem[] {
  const problems: Problem[] = []
  const tab = TAB_INDENT.exec(line)
  if (tab && line.trim() !== '')
    problems.push({
      rule: 'yaml/tab',
      line: index + 1,
      col: tab[0].length,
      message: 'the line is indented with a tab; YAML allows blanks only',
      hint: 'use two blanks for each level',
    })
  const hidden = findHidden(line)
  if (hidden)
    problems.push({
      rule: 'text/hidden-character',
      line: index + 1,
      col: hidden.index + 1,
      message: `the character ${hidden.name} is a control or invisible character`,
      hint: 'remove it; reviewers cannot see it',
    })
  return problems
}

/** Nesting is bounded before parsing: the parser's own recursion would end the whole run. */
function depthProblem(text: string): Problem[] {
  const lines = text.split('\n')
  let open = 0
  for (const [index, line] of lines.entries()) {
    if (/^\s*#/.test(line)) continue
    const lead = /^[ \t]*(?:[-?:][ \t]+)*/.exec(line)?.[0].length ?? 0
    for (const character of line) {
      if (character === '[' || character === '{') open += 1
      else if (character === ']' || character === '}') open = Math.max(0, open - 1)
      if (open > MAX_DEPTH) break
    }
    if (open > MAX_DEPTH || lead > 4 * MAX_DEPTH) return [tooDeep({ line: index + 1, col: 1 })]
  }
  return []
}

export function tooDeep(at: Position): Problem {
  return {
    rule: 'yaml/too-deep',
    ...at,
    message: `values are nested more than ${MAX_DEPTH} levels deep`,
    hint: 'no field of the catalog needs more than 8 levels; check the indentation',
  }
}
