import type { Source } from '../../../generated/authored.js'
import { show } from '../show.js'
import type { Entry, Report, Rule } from '../sources.js'

type Group = Source['facts'][number]

const MODEL_GROUPS = [
  'release',
  'parameters',
  'architecture',
  'context',
  'modalities',
  'thinking',
  'tools',
] as const
const OPTIONAL_GROUPS = ['publisher', 'licence', 'tool_call_format'] as const

/** Every group of facts has a source. */
export const sourceCoverage: Rule = {
  ids: ['source/missing'],
  check(sources, report) {
    for (const entry of sources.families.values()) {
      const needed: Group[] = ['publisher', 'licence']
      if (entry.data.tool_call_format !== undefined) needed.push('tool_call_format')
      checkGroups(entry, needed, [entry.data.sources], report)
    }
    for (const entry of sources.models) {
      const own = OPTIONAL_GROUPS.filter((group) => entry.data[group] !== undefined)
      const family = sources.families.get(entry.family)?.data.sources ?? []
      checkGroups(entry, MODEL_GROUPS, [entry.data.sources, family], report)
      // The family's source says what the family has: a model that differs needs its own.
      checkGroups(entry, own, [entry.data.sources], report)
    }
  },
}

function checkGroups(
  entry: Entry<unknown>,
  needed: readonly Group[],
  lists: readonly (readonly Source[])[],
  report: Report,
): void {
  const covered = new Set(lists.flat().flatMap((source) => source.facts))
  const missing = needed.filter((group) => !covered.has(group))
  if (missing.length === 0) return
  report({
    rule: 'source/missing',
    entry,
    path: ['sources'],
    target: 'key',
    message: `no source backs ${missing.map((group) => show(group)).join(', ')}`,
    hint: 'add where you read it, with facts, url and checked; or add the word to the facts of the source that says it',
  })
}
