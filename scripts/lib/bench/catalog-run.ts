import { join } from 'node:path'
import { checkCatalog } from '../check-catalog.js'
import { readTree } from '../read-tree.js'
import { renderAll } from '../render.js'
import { resolveCatalog } from '../resolve.js'
import { root } from '../root.js'
import { compileSchemas } from '../schema.js'
import { syntheticCatalog } from '../synthetic-catalog.js'

/** Validates and generates one synthetic catalog in memory; prints seconds and peak megabytes. */
const count = Number(process.argv[2])
const files = syntheticCatalog(readTree(root, 'catalog').files, count)
const start = performance.now()
const checked = checkCatalog(files, compileSchemas(join(root, 'schema')), '2100-01-01')
const errors = checked.diagnostics.filter(({ severity }) => severity === 'error')
if (errors.length > 0) throw new Error(`the synthetic catalog has errors: ${JSON.stringify(errors[0])}`)
await renderAll(resolveCatalog(checked.sources), root)
const seconds = (performance.now() - start) / 1000
process.stdout.write(`${seconds} ${process.resourceUsage().maxRSS / 1024}\n`)
