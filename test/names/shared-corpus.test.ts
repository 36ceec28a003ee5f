import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildNameIndex, nameFactsFromTables, resolveName } from '../../src/names/index.js'
import type { ResolvedName } from '../../src/names/index.js'

const CORPUS = '../shared/fixtures/names/names.jsonl'
const TABLES = 'generated/models.ts'

interface Row {
  name: string
  model: string | null
  quantization: string | null
  kind: string
  accept: (string | null)[]
  quantization_or: (string | null)[]
}

function parseRow(line: string): Row {
  const row: Partial<Row> = JSON.parse(line)
  const { name = '', model = null, quantization = null, kind = 'unknown' } = row
  const { accept = [], quantization_or = [] } = row
  return { name, model, quantization, kind, accept, quantization_or }
}

/** A pattern is an id, or `family:*` for any of its ids. */
function matches(pattern: string, id: string): boolean {
  return pattern.endsWith(':*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern
}

/** Ids that the catalog lacks are not asked for: then only null is right. */
function hasRightModel(row: Row, answer: ResolvedName, ids: readonly string[]): boolean {
  const accepted = [row.model, ...row.accept]
  const patterns = accepted.filter((id) => id !== null)
  const isKnown = patterns.some((pattern) => ids.some((id) => matches(pattern, id)))
  if (answer.model === null) return !isKnown || accepted.includes(null)
  const { model } = answer
  return isKnown && patterns.some((pattern) => matches(pattern, model))
}

function hasRightRest(row: Row, answer: ResolvedName): boolean {
  const labels = [row.quantization, ...row.quantization_or]
  const labelIsRight =
    labels.includes(answer.quantization) || (answer.model === null && answer.quantization === null)
  const isMissing = answer.model === null && row.kind === 'chat'
  return labelIsRight && (row.kind === 'unknown' || isMissing || answer.kind === row.kind)
}

describe.skipIf(![CORPUS, TABLES].every((file) => existsSync(file)))('the shared corpus of names', () => {
  it('is right for 97 % of its rows, with no false positive', async () => {
    const { listModels, loadDetails, loadGguf } = await import('../../src/catalog/index.js')
    const models = listModels()
    const ids: string[] = models.map(({ id }) => id)
    const index = buildNameIndex(nameFactsFromTables(models, await loadDetails(), await loadGguf()))
    const rows = readFileSync(CORPUS, 'utf8').split('\n').filter(Boolean).map(parseRow)
    const answers = rows.map((row) => ({ row, answer: resolveName(index, row.name) }))
    const wrongModel = answers.filter(({ row, answer }) => !hasRightModel(row, answer, ids))
    const falsePositives = wrongModel.filter(({ answer }) => answer.model !== null)
    expect(falsePositives.map(({ answer }) => answer)).toEqual([])
    const wrong = answers.filter(
      ({ row, answer }) => !hasRightModel(row, answer, ids) || !hasRightRest(row, answer),
    )
    expect(wrong.length, JSON.stringify(wrong.slice(0, 20))).toBeLessThanOrEqual(rows.length * 0.03)
  })
})
