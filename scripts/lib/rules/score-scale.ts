import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { ModelEntry, Rule } from '../sources.js'

interface Score {
  entry: ModelEntry
  path: Path
  value: number
}

/** With so many others on a board, its scale is known. */
const ESTABLISHED = 3

/** A score below one percent where no other model is that low: most likely a fraction, 0.79 for 79 %. */
export const scoreScale: Rule = {
  ids: ['evidence/fraction'],
  check({ models }, report) {
    const boards = new Map<string, Score[]>()
    for (const entry of models)
      for (const [index, { kind, name, metric, value }] of (entry.data.evidence ?? []).entries()) {
        if (kind !== 'benchmark' || typeof value !== 'number' || value <= 0) continue
        const key = `${name} ${metric ?? ''}`
        const score = { entry, path: ['evidence', index, 'value'], value }
        boards.set(key, [...(boards.get(key) ?? []), score])
      }
    for (const [board, scores] of boards) {
      const low = scores.filter(({ value }) => value < 1)
      if (modelsOf(low) !== 1 || modelsOf(scores) <= ESTABLISHED) continue
      for (const { entry, path, value } of low)
        report({
          rule: 'evidence/fraction',
          severity: 'warning',
          entry,
          path,
          message: `score ${value} is below 1 percent; no other model is that low in ${show(board)}`,
          hint: `where it is a fraction, write the percent: ${Number((value * 100).toPrecision(6))}`,
        })
    }
  },
}

function modelsOf(scores: readonly Score[]): number {
  return new Set(scores.map(({ entry }) => entry)).size
}
