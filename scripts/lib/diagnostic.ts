import { compareText } from './order.js'

export type Severity = 'error' | 'warning'

/** One thing that is wrong in an authored file, for the person who wrote it. */
export interface Diagnostic {
  /** `group/name`, explained in CONTRIBUTING.md. */
  rule: string
  severity: Severity
  /** Relative to the repository's root, with `/`. */
  file: string
  /** From 1. */
  line: number
  /** From 1, in UTF-16 units as editors count. */
  col: number
  /** What is wrong, in one line. */
  message: string
  /** What to do, in one line. */
  hint: string
}

export interface Position {
  line: number
  col: number
}

/** Keys and indexes from the top of a file to a value. */
export type Path = readonly (string | number)[]

/** By file, line, column, then rule and message, so that a run always prints the same. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.col - b.col ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  )
}
