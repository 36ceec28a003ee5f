import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkCatalog } from './lib/check-catalog.js'
import { describeDrift } from './lib/describe-drift.js'
import { compareDiagnostics } from './lib/diagnostic.js'
import { latestToday } from './lib/latest-today.js'
import { readTree } from './lib/read-tree.js'
import { GENERATED_FOLDERS, renderAll } from './lib/render.js'
import { report } from './lib/report.js'
import { resolveCatalog, type Catalog } from './lib/resolve.js'
import { root } from './lib/root.js'
import { runScript } from './lib/run-script.js'
import { compileSchemas } from './lib/schema.js'
import { hasDrift, writeFiles } from './lib/write.js'

const HELP = `Makes generated/, MODELS.md and docs/models/ from catalog/ and schema/.

npm run generate               writes what changed, removes what is left over
npm run generate -- --check    writes nothing; says what is missing, changed or left over

Exit code: 0 done or fresh, 1 out of date or errors in the catalog, 2 wrong use.
`

await runScript(async () => {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const catalog = readCatalog()
  if (!catalog) return 1
  const files = await renderAll(catalog, root)
  const drift = writeFiles(
    { root, files, folders: GENERATED_FOLDERS },
    values.check === true ? 'verify' : 'write',
  )
  if (values.check !== true) {
    process.stdout.write(
      `${summary(drift.missing.length + drift.changed.length, drift.leftOver.length, files.size)}\n`,
    )
    return 0
  }
  process.stdout.write(
    hasDrift(drift) ? describeDrift(drift) : `${files.size} generated files are up to date.\n`,
  )
  return hasDrift(drift) ? 1 : 0
})

/** The catalog, or undefined after telling its errors. Its files are let go of: rendering needs room. */
function readCatalog(): Catalog | undefined {
  const tree = readTree(root, 'catalog')
  const checked = checkCatalog(tree.files, compileSchemas(join(root, 'schema')), latestToday(new Date()))
  const errors = [...tree.diagnostics, ...checked.diagnostics].filter((item) => item.severity === 'error')
  if (errors.length === 0) return resolveCatalog(checked.sources)
  const colour = process.stdout.isTTY && !process.env['NO_COLOR']
  const text = report(errors.sort(compareDiagnostics), {
    format: 'terminal',
    files: tree.files.size,
    colour,
  })
  process.stdout.write(`${text}Nothing was generated: correct the errors first.\n`)
  return undefined
}

function summary(written: number, removed: number, all: number): string {
  return `${all} generated files: ${written} written, ${removed} removed, ${all - written} as they were.`
}
