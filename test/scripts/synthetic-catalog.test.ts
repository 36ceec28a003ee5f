import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkCatalog } from '../../scripts/lib/check-catalog.js'
import { readTree } from '../../scripts/lib/read-tree.js'
import { root } from '../../scripts/lib/root.js'
import { compileSchemas } from '../../scripts/lib/schema.js'
import { syntheticCatalog } from '../../scripts/lib/synthetic-catalog.js'

it('makes catalogs for measurements in which the checker finds no error', () => {
  const files = syntheticCatalog(readTree(root, 'catalog').files, 21)
  const { diagnostics } = checkCatalog(files, compileSchemas(join(root, 'schema')), '2100-01-01')
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect([...files.keys()].filter((path) => /synthetic\d\/m\d+\.yaml$/.test(path))).toHaveLength(21)
})
