import type { Finding } from './sources.js'

/** Where a finding silences others: in the whole catalog, in its file, or in the same build only. */
type Scope = 'catalog' | 'file' | 'build'

const SIZES = ['plausible/file-size', 'plausible/unit', 'plausible/ollama-size']
const STATED_SIZES = ['parameters/name', 'build/file-model', 'ollama/size']

/**
 * Rules that a mistake of another rule breaks too. One mistake gives one message: the cause is told, not
 * what follows from it.
 */
const CONSEQUENCES: readonly [cause: string, scope: Scope, silenced: readonly string[]][] = [
  ['parameters/active', 'file', ['plausible/parameters']],
  ['architecture/heads', 'file', ['plausible/parameters', ...SIZES]],
  ['architecture/list-length', 'file', ['plausible/parameters', ...SIZES]],
  ['architecture/experts', 'file', ['plausible/parameters', ...SIZES]],
  ['architecture/blocks', 'file', ['plausible/parameters', ...SIZES]],
  ['plausible/parameters', 'file', ['parameters/id', ...STATED_SIZES, ...SIZES]],
  ['parameters/id', 'file', STATED_SIZES],
  ['context/trained', 'file', ['context/extended', 'context/default', 'context/default-source']],
  ['build/file-name', 'build', ['build/file-quantization', 'build/file-model', ...SIZES]],
  ['duplicate/build', 'file', ['sorted/list']],
  ['date/invalid', 'file', ['evidence/before-release']],
  ['date/future', 'file', ['evidence/before-release']],
  ['duplicate/build', 'build', ['build/file-quantization', 'ollama/quantization', ...SIZES]],
  ['build/file-quantization', 'build', ['duplicate/file', 'ollama/quantization', ...SIZES]],
  ['build/file-model', 'build', SIZES],
  ['build/split', 'build', ['duplicate/file', ...SIZES]],
  ['plausible/unit', 'build', ['build/bytes-shown']],
  ['plausible/file-size', 'build', ['build/bytes-shown']],
  ['build/bytes-sum', 'build', ['build/bytes-shown']],
  ['duplicate/id', 'file', ['sorted/list', 'quantization/order', 'quantization/file-type']],
  ['quantization/order', 'catalog', ['sorted/list']],
  ['kind/embedding', 'file', ['quality/thinking', 'evidence/flag']],
  ['duplicate/ollama-tag', 'build', ['ollama/size', 'ollama/quantization', 'plausible/ollama-size']],
]

/** The findings without those that follow from another one. */
export function withoutConsequences(findings: readonly Finding[]): Finding[] {
  const silenced = new Set<string>()
  for (const finding of findings)
    for (const [cause, scope, rules] of CONSEQUENCES)
      if (cause === finding.rule)
        for (const rule of rules) silenced.add(`${rule} ${scopeKey(finding, scope)}`)
  return findings.filter(
    (finding) =>
      !silenced.has(`${finding.rule} ${scopeKey(finding, 'catalog')}`) &&
      !silenced.has(`${finding.rule} ${scopeKey(finding, 'file')}`) &&
      !silenced.has(`${finding.rule} ${scopeKey(finding, 'build')}`),
  )
}

function scopeKey({ entry, path }: Finding, scope: Scope): string {
  if (scope === 'catalog') return ''
  return scope === 'file' ? entry.file : `${entry.file} ${String(path[0])} ${String(path[1])}`
}
