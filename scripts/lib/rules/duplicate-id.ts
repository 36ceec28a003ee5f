import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { Entry, Report, Rule } from '../sources.js'

interface Named {
  entry: Entry<unknown>
  path: Path
  name: string
}

/** Ids are unique in their list, and a GPU's name leads to one GPU. */
export const duplicateId: Rule = {
  ids: ['duplicate/id', 'duplicate/gpu-name'],
  check(sources, report) {
    const { quantizations, providers, sizeExceptions } = sources
    const gpus = sources.gpus.flatMap((entry) => entry.data.gpus.map((gpu, index) => ({ entry, gpu, index })))
    const rows = (
      entry: Entry<unknown> | undefined,
      list: string,
      names: readonly string[] = [],
      key = 'id',
    ): Named[] => (entry ? names.map((name, index) => ({ entry, path: [list, index, key], name })) : [])
    once(
      gpus.map(({ entry, gpu, index }) => ({ entry, path: ['gpus', index, 'id'], name: gpu.id })),
      report,
    )
    once(
      rows(
        quantizations,
        'quantizations',
        quantizations?.data.quantizations.map((row) => row.id),
      ),
      report,
    )
    once(
      rows(
        providers,
        'providers',
        providers?.data.providers.map((row) => row.id),
      ),
      report,
    )
    const exceptions = sizeExceptions?.data.exceptions.map((row) => `${row.model}@${row.quantization}`)
    once(rows(sizeExceptions, 'exceptions', exceptions, 'model'), report)
    // Cards of one name and different memory are told apart by their memory.
    const names = gpus.flatMap(({ entry, gpu, index }): Named[] => [
      { entry, path: ['gpus', index, 'name'], name: `${gpu.name}\n${gpu.memory_bytes}` },
      ...(gpu.aliases ?? []).map((alias, at) => ({
        entry,
        path: ['gpus', index, 'aliases', at],
        name: `${alias}\n${gpu.memory_bytes}`,
      })),
    ])
    once(names, report, 'duplicate/gpu-name')
  },
}

function once(items: readonly Named[], report: Report, rule = 'duplicate/id'): void {
  const seen = new Map<string, Named>()
  for (const item of items) {
    const key = item.name.toLowerCase()
    const first = seen.get(key)
    if (!first) {
      seen.set(key, item)
      continue
    }
    const { line, col } = first.entry.positionOf(first.path)
    report({
      rule,
      entry: item.entry,
      path: item.path,
      message: `${show(item.name.split('\n')[0])} is given twice; the first is at ${first.entry.file}:${line}:${col}`,
      hint:
        rule === 'duplicate/id'
          ? 'remove one of the two, or give it another id'
          : 'a name leads to one GPU: remove it from one of the two',
    })
  }
}
