import type { Path } from '../diagnostic.js'
import { compareText } from '../order.js'
import { show } from '../show.js'
import type { Entry, Report, Rule, Sources } from '../sources.js'

interface List {
  entry: Entry<unknown>
  path: Path
  /** Key below each item that is compared, for the place that is shown. */
  key?: string
  items: readonly string[]
  compare?: (a: string, b: string) => number
  by?: string
}

/** Sorted lists keep differences small and conflicts rare. */
export const sorted: Rule = {
  ids: ['sorted/list'],
  check(sources, report) {
    for (const list of [...modelLists(sources), ...gpuLists(sources), ...exceptionLists(sources)])
      checkList(list, report)
  },
}

function checkList({ entry, path, key, items, compare = compareText, by }: List, report: Report): void {
  for (const [index, item] of items.entries()) {
    const before = items[index - 1]
    if (before === undefined || compare(before, item) <= 0) continue
    report({
      rule: 'sorted/list',
      entry,
      path: [...path, index, ...(key === undefined ? [] : [key])],
      message: `${show(item)} must come before ${show(before)}`,
      hint: `sort the list ${by ?? 'by letters, capitals before small ones'}`,
    })
    return
  }
}

function modelLists(sources: Sources): List[] {
  const order = new Map(sources.quantizations?.data.quantizations.map((row, index) => [row.id, index]))
  const compare = (a: string, b: string): number => (order.get(a) ?? 0) - (order.get(b) ?? 0)
  return sources.models.flatMap((entry): List[] => {
    const builds = entry.data.builds ?? []
    const known = builds.every((build) => order.has(build.quantization))
    const items = known ? builds.map((build) => build.quantization) : []
    const by = 'as in catalog/quantizations.yaml, best first'
    return [
      { entry, path: ['aliases'], items: entry.data.aliases ?? [] },
      { entry, path: ['builds'], key: 'quantization', items, compare, by },
      ...builds.map((build, index) => ({
        entry,
        path: ['builds', index, 'ollama_aliases'],
        items: build.ollama_aliases ?? [],
      })),
    ]
  })
}

function gpuLists(sources: Sources): List[] {
  return sources.gpus.flatMap((entry): List[] => [
    { entry, path: ['gpus'], key: 'id', items: entry.data.gpus.map((gpu) => gpu.id), by: 'by id' },
    ...entry.data.gpus.map((gpu, index) => ({
      entry,
      path: ['gpus', index, 'aliases'],
      items: gpu.aliases ?? [],
    })),
  ])
}

function exceptionLists(sources: Sources): List[] {
  const entry = sources.sizeExceptions
  if (!entry) return []
  const items = entry.data.exceptions.map((row) => `${row.model}@${row.quantization}`)
  return [{ entry, path: ['exceptions'], key: 'model', items, by: 'by model, then quantization' }]
}
