import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { Entry, Report, Rule, Sources } from '../sources.js'
import { didYouMean } from '../suggest.js'

/** Builds and notes name quantizations that exist. */
export const quantizationReference: Rule = {
  ids: ['ref/quantization'],
  check(sources, report) {
    const list = sources.quantizations
    if (!list) return
    const known = new Set<string>(list.data.quantizations.map((row) => row.id))
    for (const [id, builds] of lostIds(sources, known)) {
      // Then the list has lost a row: to say it at every build would bury everything else.
      known.add(id)
      report({
        rule: 'ref/quantization',
        entry: list,
        path: ['quantizations'],
        target: 'key',
        message: `quantization ${show(id)} is missing here; ${builds} builds have it`,
        hint: 'restore its row, or its id',
      })
    }
    const check = (entry: Entry<unknown>, id: string | undefined, path: Path): void =>
      checkId(known, id, { entry, path, report })
    for (const model of sources.models)
      for (const [index, build] of (model.data.builds ?? []).entries())
        check(model, build.quantization, ['builds', index, 'quantization'])
    for (const [index, row] of list.data.quantizations.entries())
      check(list, row.kl_divergence_of, ['quantizations', index, 'kl_divergence_of'])
    for (const [index, row] of (sources.sizeExceptions?.data.exceptions ?? []).entries())
      if (sources.sizeExceptions)
        check(sources.sizeExceptions, row.quantization, ['exceptions', index, 'quantization'])
  },
}

function checkId(
  known: ReadonlySet<string>,
  id: string | undefined,
  { entry, path, report }: { entry: Entry<unknown>; path: Path; report: Report },
): void {
  if (id === undefined || known.has(id)) return
  report({
    rule: 'ref/quantization',
    entry,
    path,
    message: `quantization ${show(id)} is not in catalog/quantizations.yaml`,
    hint: didYouMean(id, known, 'write the label as in the file name, or add it to that list first'),
  })
}

/** So many builds of one label are no slips of one person. */
const MANY_BUILDS = 20

function lostIds({ models }: Sources, known: ReadonlySet<string>): [id: string, builds: number][] {
  const counts = new Map<string, number>()
  for (const { data } of models)
    for (const { quantization } of data.builds ?? [])
      if (!known.has(quantization)) counts.set(quantization, (counts.get(quantization) ?? 0) + 1)
  return [...counts].filter(([, builds]) => builds >= MANY_BUILDS)
}
