import { expect, it } from 'vitest'
import { checkCatalog } from '../scripts/lib/check-catalog.js'
import { latestToday } from '../scripts/lib/latest-today.js'
import { readTree } from '../scripts/lib/read-tree.js'
import { GENERATED_FOLDERS, renderAll } from '../scripts/lib/render.js'
import { resolveCatalog } from '../scripts/lib/resolve.js'
import { compileSchemas } from '../scripts/lib/schema.js'
import { writeFiles } from '../scripts/lib/write.js'

const tree = readTree('.', 'catalog')
const checked = checkCatalog(tree.files, compileSchemas('schema'), latestToday(new Date()))

it('has no diagnostics in the real catalog', () => {
  expect([...tree.diagnostics, ...checked.diagnostics]).toEqual([])
})

it('has well over a hundred models', () => {
  expect(checked.sources.models.length).toBeGreaterThan(120)
})

it('has generated files that are fresh', { timeout: 60_000 }, async () => {
  const files = await renderAll(resolveCatalog(checked.sources), '.')
  const drift = writeFiles({ root: '.', files, folders: GENERATED_FOLDERS }, 'verify')
  expect(drift).toEqual({ missing: [], changed: [], leftOver: [] })
})
