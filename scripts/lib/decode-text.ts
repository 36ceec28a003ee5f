import type { Diagnostic, Position } from './diagnostic.js'
import { codePointName } from './show.js'

/** The largest real file has about 40 kB; a larger one is an accident or an attack. */
export const MAX_FILE_BYTES = 1_000_000

/** The deepest real value is 6 levels down; the parser's recursion survives about 500. */
export const MAX_DEPTH = 32

/**
 * Characters that a reviewer does not see, sees elsewhere than they are, or takes for a blank: controls, formats,
 * lone surrogates, fillers, line separators and every blank but the plain one.
 */
const HIDDEN = /(?![\t\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** `%YAML 1.1` would change how every value below it is read. */
const DIRECTIVE = /^%/

const CONFLICT = /^(<{7}|={7}|>{7})( |$)/

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
  if (/^(?![%<>=])[ -~]*$/.test(line)) return []
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
  if (CONFLICT.test(line))
    problems.push({
      rule: 'yaml/syntax',
      line: index + 1,
      col: 1,
      message: 'a merge conflict was left in the file',
      hint: 'keep one of the two sides, and remove the lines with <<<<<<<, ======= and >>>>>>>',
    })
  if (DIRECTIVE.test(line))
    problems.push({
      rule: 'yaml/tag',
      line: index + 1,
      col: 1,
      message: 'directives (%NAME) are not allowed',
      hint: 'remove the line, and the --- after it; quote a text that starts with %',
    })
  const hidden = findHidden(line)
  if (hidden)
    problems.push({
      rule: 'text/hidden-character',
      line: index + 1,
      col: hidden.index + 1,
      message: `the character ${hidden.name} is a control or invisible character, or no plain blank`,
      hint: 'remove it, or write a plain blank: reviewers cannot see it',
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
    if (lead > 4 * MAX_DEPTH) return [tooDeep({ line: index + 1, col: 1 })]
    if (!/[[\]{}]/.test(line)) continue
    for (const character of line) {
      if (character === '[' || character === '{') open += 1
      else if (character === ']' || character === '}') open = Math.max(0, open - 1)
      if (open > MAX_DEPTH) break
    }
    if (open > MAX_DEPTH) return [tooDeep({ line: index + 1, col: 1 })]
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
