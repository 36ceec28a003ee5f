import type { Evidence } from './types.js'

type Severity = NonNullable<Evidence['severity']>

/** Flags of a runtime by which a request with tools is accepted or refused. */
const NATIVE_FORMAT = 'llama.cpp native tool format'

/** Problems that are still open, everywhere or in one runtime; closed ones count for nothing. */
export function openIssues(
  evidence: readonly Evidence[],
  severities: readonly Severity[],
  runtime?: string,
): Evidence[] {
  return evidence.filter(
    (row) =>
      row.kind === 'known_issue' &&
      row.state === 'open' &&
      row.severity !== undefined &&
      severities.includes(row.severity) &&
      (runtime === undefined || row.runtime === runtime),
  )
}

const flags = (evidence: readonly Evidence[], value: boolean): Evidence[] =>
  evidence.filter((row) => row.kind === 'support_flag' && row.value === value)

export const supportingFlags = (evidence: readonly Evidence[]): Evidence[] => flags(evidence, true)

/** Ollama refuses tools for the model: its library label or its template says so. */
export const refusingFlags = (evidence: readonly Evidence[]): Evidence[] =>
  flags(evidence, false).filter((row) => row.runtime === 'ollama')

export const nativeFormatFlags = (evidence: readonly Evidence[]): Evidence[] =>
  supportingFlags(evidence).filter((row) => row.name === NATIVE_FORMAT)

/** Issues by name, most telling first: "ollama/ollama#12174 (broken format)". */
export function nameIssues(issues: readonly Evidence[]): string {
  const names = issues.map((row) => `${row.name} (${(row.severity ?? 'open').replaceAll('_', ' ')})`)
  return [...new Set(names)].slice(0, 3).join(', ')
}

export const nameFlags = (rows: readonly Evidence[]): string =>
  [...new Set(rows.map((row) => row.name))].slice(0, 3).join(', ')
