import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { Entry, Report, Rule } from '../sources.js'
import { didYouMean } from '../suggest.js'

/** Builds and notes name quantizations that exist. */
export const quantizationReference: Rule = {
  ids: ['ref/quantization'],
  check(sources, report) {
    const list = sources.quantizations
    if (!list) return
    const known = new Set(list.data.quantizations.map((row) => row.id))
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
