import { styleText } from 'node:util'
import type { Diagnostic } from './diagnostic.js'
import { printable } from './show.js'

export const FORMATS = ['terminal', 'github', 'json'] as const
export type Format = (typeof FORMATS)[number]

export interface ReportOptions {
  format: Format
  /** Files that were checked. */
  files: number
  colour: boolean
}

/** All diagnostics as one text, in the order given. */
export function report(diagnostics: readonly Diagnostic[], options: ReportOptions): string {
  if (options.format === 'json') return `${JSON.stringify(diagnostics, null, 2)}\n`
  if (options.format === 'github') return diagnostics.map((item) => `${annotation(item)}\n`).join('')
  return terminal(diagnostics, options)
}

function annotation(item: Diagnostic): string {
  const place = `file=${property(item.file)},line=${item.line},col=${item.col},title=${property(item.rule)}`
  return `::${item.severity} ${place}::${data(`${printable(item.message)}. ${sentence(printable(item.hint))}`)}`
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!…]$/.test(capital) ? capital : `${capital}.`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

const LEAST_PLACE_WIDTH = 6
const RULE_WIDTH = 24

function terminal(diagnostics: readonly Diagnostic[], { files, colour }: ReportOptions): string {
  const paint = (style: 'red' | 'yellow' | 'dim' | 'underline', text: string): string =>
    colour ? styleText(style, text) : text
  const placeWidth = diagnostics.reduce(
    (width, { line, col }) => Math.max(width, `${line}:${col}`.length + 2),
    LEAST_PLACE_WIDTH,
  )
  const lines: string[] = []
  let file: string | undefined
  for (const item of diagnostics) {
    if (item.file !== file)
      lines.push(...(file === undefined ? [] : ['']), paint('underline', printable(item.file)))
    file = item.file
    const place = `${item.line}:${item.col}`.padEnd(placeWidth)
    const word = item.severity === 'error' ? paint('red', 'error') : paint('yellow', 'warn ')
    lines.push(`  ${place}${word}  ${item.rule.padEnd(RULE_WIDTH)}${printable(item.message)}`)
    lines.push(`${' '.repeat(placeWidth + RULE_WIDTH + 9)}${paint('dim', `hint: ${printable(item.hint)}`)}`)
  }
  return `${lines.map((line) => `${line}\n`).join('')}${summary(diagnostics, files)}\n`
}

function summary(diagnostics: readonly Diagnostic[], files: number): string {
  const errors = diagnostics.filter((item) => item.severity === 'error').length
  const warnings = diagnostics.length - errors
  if (diagnostics.length === 0) return `${count(files, 'file')}, no problems.`
  return `\n${count(files, 'file')}, ${count(errors, 'error')}, ${count(warnings, 'warning')}. Explained: CONTRIBUTING.md#checks`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
