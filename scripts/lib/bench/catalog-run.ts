import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCatalog } from '../check-catalog.js'
import { readTree } from '../read-tree.js'
import { GENERATED_FOLDERS, renderAll } from '../render.js'
import { resolveCatalog, type Catalog } from '../resolve.js'
import { root } from '../root.js'
import { compileSchemas } from '../schema.js'
import { syntheticCatalog } from '../synthetic-catalog.js'
import { writeFiles } from '../write.js'

/** Validates and generates one synthetic catalog into a folder of its own; prints seconds and peak megabytes. */
const start = performance.now()
const catalog = checkedCatalog(Number(process.argv[2]))
const folder = mkdtempSync(join(tmpdir(), 'llm-almanac-bench-'))
try {
  const rendered = await renderAll(catalog, root)
  writeFiles({ root: folder, files: rendered, folders: GENERATED_FOLDERS }, 'write')
} finally {
  rmSync(folder, { recursive: true })
}
const seconds = (performance.now() - start) / 1000
process.stdout.write(`${seconds} ${process.resourceUsage().maxRSS / 1024}\n`)

function checkedCatalog(count: number): Catalog {
  const files = syntheticCatalog(readTree(root, 'catalog').files, count)
  const checked = checkCatalog(files, compileSchemas(join(root, 'schema')), '2100-01-01')
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(`the synthetic catalog has errors: ${JSON.stringify(errors[0])}`)
  return resolveCatalog(checked.sources)
}
