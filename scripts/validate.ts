import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkCatalog } from './lib/check-catalog.js'
import { latestToday } from './lib/latest-today.js'
import { readTree } from './lib/read-tree.js'
import { FORMATS, report, type Format } from './lib/report.js'
import { runScript, UsageError } from './lib/run-script.js'
import { compileSchemas } from './lib/schema.js'
import { compareDiagnostics } from './lib/diagnostic.js'
import { root } from './lib/root.js'

const HELP = `Checks every file of catalog/ and the catalog as a whole.

npm run validate                                   everything
npm run validate catalog/models/qwen3/8b.yaml      show only what is wrong in these files
npm run validate -- --format github|json|terminal  annotations, a JSON list, or text (the default)

Exit code: 0 no errors, 1 errors, 2 wrong use. Every rule is explained in CONTRIBUTING.md, section Checks.
`

await runScript(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { format: { type: 'string', default: 'terminal' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const format = toFormat(values.format)
  const tree = readTree(root, 'catalog')
  const wanted = positionals.map((name) =>
    toCatalogPath(name, [...tree.files.keys(), ...tree.diagnostics.map((item) => item.file)]),
  )
  const checked = checkCatalog(tree.files, compileSchemas(resolve(root, 'schema')), latestToday(new Date()))
  const all = [...tree.diagnostics, ...checked.diagnostics].sort(compareDiagnostics)
  const diagnostics = all.filter((item) => wanted.length === 0 || wanted.includes(item.file))
  const colour = process.stdout.isTTY && !process.env['NO_COLOR']
  const files = wanted.length || tree.files.size + tree.diagnostics.length
  process.stdout.write(report(diagnostics, { format, files, colour }))
  return diagnostics.some((item) => item.severity === 'error') ? 1 : 0
})

function toFormat(text: string): Format {
  const format = FORMATS.find((name) => name === text)
  if (!format) throw new UsageError(`there is no format "${text}"`, `use one of: ${FORMATS.join(', ')}`)
  return format
}

function toCatalogPath(name: string, files: readonly string[]): string {
  const from = process.env['INIT_CWD'] ?? process.cwd()
  const candidates = [resolve(from, name), resolve(root, name)].map((path) =>
    relative(root, path).replaceAll('\\', '/'),
  )
  const found = candidates.find((path) => files.includes(path))
  if (found === undefined)
    throw new UsageError(
      `"${name}" is no file of catalog/`,
      'name a file such as catalog/models/qwen3/8b.yaml',
    )
  return found
}
