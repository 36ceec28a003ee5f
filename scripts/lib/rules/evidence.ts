import type { Evidence } from '../../../generated/authored.js'
import { show } from '../show.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

type Field = keyof Evidence

interface Mistake {
  rule: string
  field: Field
  message: string
  hint: string
}

/** Each kind of evidence has the fields that it needs, with values in their range. */
export const evidence: Rule = {
  ids: ['evidence/score', 'evidence/flag', 'evidence/issue', 'evidence/duplicate'],
  check(sources, report) {
    for (const entry of sources.models) {
      const list = entry.data.evidence ?? []
      for (const [index, item] of list.entries())
        for (const { field, ...rest } of mistakesOf(item)) {
          const at = item[field] === undefined ? 'kind' : field
          report({ ...rest, entry, path: ['evidence', index, at] })
        }
      reportDuplicates(entry, list, report)
    }
  },
}

function mistakesOf(item: Evidence): Mistake[] {
  if (item.kind === 'known_issue') return issueMistakes(item)
  const mistakes =
    item.kind === 'support_flag'
      ? flagMistakes(item)
      : item.kind === 'benchmark'
        ? scoreMistakes(item)
        : conformanceMistakes(item)
  const stray = (['state', 'severity'] as const).filter((field) => item[field] !== undefined)
  return [
    ...mistakes,
    ...stray.map((field) => ({
      rule: 'evidence/issue',
      field,
      message: `${field} is given, but this is no known_issue`,
      hint: `remove ${field}, or make it kind: known_issue`,
    })),
  ]
}

function scoreMistakes(item: Evidence): Mistake[] {
  const rule = 'evidence/score'
  const mistakes: Mistake[] = []
  if (item.metric === undefined)
    mistakes.push({
      rule,
      field: 'metric',
      message: 'a benchmark needs the field "metric"',
      hint: 'add which figure it is, for example "metric: multi_turn"',
    })
  if (typeof item.value === 'number') mistakes.push(...rangeMistakes(item, item.value))
  else
    mistakes.push({
      rule,
      field: 'value',
      message: `a benchmark needs a number as value, got ${show(item.value)}`,
      hint: 'write the score in percent, or make it kind: support_flag',
    })
  return mistakes
}

function rangeMistakes(item: Evidence, value: number): Mistake[] {
  const points = item.metric?.startsWith('format_sensitivity_') ?? false
  if (value <= 100 && value >= (points ? -100 : 0)) return []
  return [
    {
      rule: 'evidence/score',
      field: 'value',
      message: `score ${value} is not between 0 and 100`,
      hint: 'scores are percent: is a decimal point missing, or is it Elo or points?',
    },
  ]
}

function conformanceMistakes(item: Evidence): Mistake[] {
  if (item.value === undefined)
    return [
      {
        rule: 'evidence/score',
        field: 'value',
        message: 'a conformance run needs the field "value"',
        hint: 'write the percent that passed, or true or false',
      },
    ]
  return typeof item.value === 'number' ? rangeMistakes(item, item.value) : []
}

function flagMistakes(item: Evidence): Mistake[] {
  if (typeof item.value === 'boolean') return []
  return [
    {
      rule: 'evidence/flag',
      field: 'value',
      message: `a support flag needs true or false as value, got ${show(item.value)}`,
      hint: 'write true or false, or make it kind: benchmark',
    },
  ]
}

function issueMistakes(item: Evidence): Mistake[] {
  const rule = 'evidence/issue'
  const missing = (['state', 'severity'] as const).filter((field) => item[field] === undefined)
  const mistakes: Mistake[] = missing.map((field) => ({
    rule,
    field,
    message: `a known issue needs the field "${field}"`,
    hint:
      field === 'state'
        ? 'add "state: open" or "state: closed"'
        : 'add severity: no_tools, broken_format, unreliable or minor',
  }))
  if (item.value !== undefined)
    mistakes.push({
      rule,
      field: 'value',
      message: 'a known issue has no value',
      hint: 'remove value; severity says how bad it is',
    })
  return mistakes
}

function reportDuplicates(entry: ModelEntry, list: readonly Evidence[], report: Report): void {
  const seen = new Map<string, number>()
  for (const [index, item] of list.entries()) {
    const key = keyOf(item)
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, index)
      continue
    }
    const { line } = entry.positionOf(['evidence', first])
    const other = list[first]?.value
    const differs = other !== item.value
    report({
      rule: 'evidence/duplicate',
      entry,
      path: ['evidence', index],
      message: differs
        ? `this evidence says ${show(item.value)}, the same at line ${line} says ${show(other)}`
        : `this evidence is already at line ${line}`,
      hint: differs
        ? 'keep the one that the source says, or add what differs: mode, thinking, runtime, quantization'
        : 'remove one of the two: counted twice it would weigh twice',
    })
  }
}

/** What was observed. Without the value: two values of one measurement contradict each other. */
function keyOf(item: Evidence): string {
  const { kind, name, metric, mode, thinking, runtime, quantization, state, severity, date, source } = item
  return [kind, name, metric, mode, thinking, runtime, quantization, state, severity, date, source].join('\n')
}
