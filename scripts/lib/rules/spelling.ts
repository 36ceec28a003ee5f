import type { Path } from '../diagnostic.js'
import { nearest } from '../suggest.js'
import { show } from '../show.js'
import type { Entry, Report, Rule, Sources } from '../sources.js'

interface Use {
  entry: Entry<unknown>
  path: Path
  name: string
  owner: string
}

/** A name that so many others use is no accident. */
const ESTABLISHED = 3

/**
 * Names without a list of their own: what one model alone says, and many others say with another letter, is a
 * slip. Names that differ in a digit only (BFCL v3, BFCL v4) are different names.
 */
export const spelling: Rule = {
  ids: ['spelling/evidence', 'spelling/tool-call-format', 'spelling/architecture', 'spelling/tier-rule'],
  check(sources, report) {
    checkGroup('spelling/evidence', 'board', evidenceUses(sources, 'name'), report)
    checkGroup('spelling/evidence', 'metric', evidenceUses(sources, 'metric'), report)
    checkGroup('spelling/tool-call-format', 'tool call format', formats(sources), report)
    checkGroup('spelling/architecture', 'architecture', architectures(sources), report)
    checkTierRule(sources, report)
  },
}

function checkGroup(rule: string, noun: string, uses: readonly Use[], report: Report): void {
  const owners = new Map<string, Set<string>>()
  for (const { name, owner } of uses) owners.set(name, (owners.get(name) ?? new Set()).add(owner))
  const established = [...owners].filter(([, users]) => users.size >= ESTABLISHED).map(([name]) => name)
  for (const { entry, path, name } of uses) {
    if ((owners.get(name)?.size ?? 0) > 1) continue
    const meant = nearest(name, established)
    if (meant === undefined || withoutDigits(meant) === withoutDigits(name)) continue
    report({
      rule,
      entry,
      path,
      message: `${noun} ${show(name)} is in no other model, ${show(meant)} in ${owners.get(meant)?.size ?? 0}`,
      hint: `did you mean ${show(meant)}?`,
    })
  }
}

function withoutDigits(text: string): string {
  return text.replace(/[0-9]+/g, '0')
}

function evidenceUses({ models }: Sources, field: 'name' | 'metric'): Use[] {
  return models.flatMap((entry) =>
    (entry.data.evidence ?? []).flatMap((item, index) => {
      const name = item.kind === 'known_issue' ? undefined : item[field]
      return name === undefined ? [] : [{ entry, path: ['evidence', index, field], name, owner: entry.id }]
    }),
  )
}

function formats({ models, families }: Sources): Use[] {
  return [...models, ...families.values()].flatMap((entry) => {
    const name = entry.data.tool_call_format
    return name === undefined ? [] : [{ entry, path: ['tool_call_format'], name, owner: entry.file }]
  })
}

function architectures({ models }: Sources): Use[] {
  return models.map((entry) => ({
    entry,
    path: ['architecture', 'general.architecture'],
    name: entry.data.architecture['general.architecture'],
    owner: entry.id,
  }))
}

/** A metric that the rule of the tiers names and no model has counts for nothing. */
function checkTierRule({ tiers, models }: Sources, report: Report): void {
  if (!tiers) return
  const evidence = models.flatMap((entry) => entry.data.evidence ?? [])
  const known = { name: new Set<string>(), metric: new Set<string>() }
  for (const { name, metric } of evidence) {
    known.name.add(name)
    if (metric !== undefined) known.metric.add(metric)
  }
  for (const [path, name, set] of tierNames(tiers.data.rule)) {
    const meant = known[set].has(name) ? undefined : nearest(name, known[set])
    if (meant !== undefined)
      report({
        rule: 'spelling/tier-rule',
        entry: tiers,
        path: ['rule', ...path],
        message: `no model has evidence named ${show(name)}`,
        hint: `did you mean ${show(meant)}?`,
      })
  }
}

type TierName = readonly [path: Path, name: string, set: 'name' | 'metric']

function tierNames({
  bfcl,
  other_boards: boards,
}: NonNullable<Sources['tiers']>['data']['rule']): TierName[] {
  return [
    ...bfcl.metrics.map(({ metric }, index): TierName => [
      ['bfcl', 'metrics', index, 'metric'],
      metric,
      'metric',
    ]),
    ...boards.map(({ name }, index): TierName => [['other_boards', index, 'name'], name, 'name']),
    ...boards.flatMap(({ metrics }, index) =>
      metrics.map((metric, place): TierName => [['other_boards', index, 'metrics', place], metric, 'metric']),
    ),
  ]
}
