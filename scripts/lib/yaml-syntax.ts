import type { Problem } from './decode-text.js'

/** The parts of the parser's own errors that are used; structural, so that only load.ts knows the parser. */
interface ParserError {
  code: string
  message: string
  linePos?: readonly { line: number; col: number }[] | undefined
}

const WORDS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  BLOCK_AS_IMPLICIT_KEY: [
    'the value has a second ": " or a deeper line below it',
    'quote a text that holds ": ", or correct the indentation of the next line',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'the line is no "field: value"',
    'put a colon and a blank after the field name, and give equal fields equal indentation',
  ],
  MISSING_CHAR: ['a quote, bracket or colon is not closed', 'close it on the line where it was opened'],
  BAD_INDENT: ['the line is not indented like its neighbours', 'use two blanks for each level'],
  BAD_SCALAR_START: ['a text may not start with this character', 'put the text in double quotes'],
  BAD_DQ_ESCAPE: ['the backslash starts no known escape', 'write \\\\ for a backslash, or use single quotes'],
  MULTIPLE_DOCS: ['a second document starts here (---)', 'one file holds one entry: remove the --- line'],
  BAD_ALIAS: ['the alias is not complete', 'quote a text that starts with * or &'],
}

const COMMENT = [
  'the # stands directly after the value',
  'put a blank before #, or quote a text that holds #',
] as const

const BRACKET = ['a bracket above is not closed', 'close it on the line where it was opened'] as const

/** Where one code of the parser stands for several mistakes. */
const BY_MESSAGE: readonly (readonly [RegExp, readonly [message: string, hint: string]])[] = [
  [/^Comments must be separated/, COMMENT],
  [/^Flow .* must be sufficiently indented/, BRACKET],
]

/** The first error: those after it are mostly its consequences. */
export function syntaxProblem(
  errors: readonly ParserError[],
  warnings: readonly ParserError[],
): Problem | undefined {
  const error = errors[0]
  if (error)
    return { ...inWords(error), rule: error.code === 'MULTIPLE_DOCS' ? 'yaml/documents' : 'yaml/syntax' }
  const warning = warnings[0]
  if (!warning) return undefined
  return {
    ...TAG_PROBLEM,
    ...placeOf(warning),
  }
}

export const TAG_PROBLEM = {
  rule: 'yaml/tag',
  message: 'tags (!name) are not allowed',
  hint: 'remove the tag, or quote a text that starts with !',
} as const

function inWords(error: ParserError): Omit<Problem, 'rule'> {
  const words = BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1] ?? WORDS[error.code]
  const [message, hint] = words ?? [
    `the file is not valid YAML: ${firstLine(error.message)}`,
    'compare the line with another entry',
  ]
  return { ...placeOf(error), message, hint }
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')
}

function placeOf(error: ParserError): { line: number; col: number } {
  const at = error.linePos?.[0]
  return { line: at?.line ?? 1, col: at?.col ?? 1 }
}
