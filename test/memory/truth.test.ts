import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accuracyOf, type TruthFile } from '../../scripts/lib/accuracy-rows.js'

const FILE = '../shared/truth/memory.json'

describe.skipIf(!existsSync(FILE))('estimates against what llama.cpp allocates', () => {
  // Only read where the file exists; `skipIf` still runs this function.
  const truth = existsSync(FILE)
    ? (JSON.parse(readFileSync(FILE, 'utf8')) as TruthFile)
    : { models: {}, rows: [] }
  const deviations = accuracyOf(truth)
  const sorted = deviations.map((one) => one.total).toSorted((a, b) => a - b)

  it('cover every row', () => {
    expect(deviations).toHaveLength(truth.rows.length)
  })

  it('are exact in weights, cache and state on every row, on both sides', () => {
    expect(deviations.filter((one) => !one.exact).map(({ row }) => row.model)).toEqual([])
  })

  it('are within 0.1 % of the GPU total on nine rows of ten', () => {
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThan(0.001)
  })

  it('are never off by more than 3 % of the GPU total', () => {
    expect(sorted.at(-1)).toBeLessThan(0.03)
  })
})
