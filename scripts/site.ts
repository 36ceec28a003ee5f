import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { GPUS } from '../generated/gpus.js'
import { listModels } from '../src/catalog/index.js'
import { cliJson } from './lib/site/cli-json.js'
import { sitePageHtml } from './lib/site/page-html.js'
import { listSitePages, modelFolder } from './lib/site/site-pages.js'
import { root } from './lib/root.js'
import { runScript } from './lib/run-script.js'

const HELP = `Usage: npm run site [-- --out DIR]

Builds the public site: the page with the machine entered by hand, a folder a model, and the catalog as JSON
files (api/models.json, api/m/FAMILY/SIZE.json, api/gpus.json). Every address is relative: any folder of any
file server will do.

  --out DIR   default: dist/site
`

await runScript(async () => {
  const options = {
    out: { type: 'string', default: join(root, 'dist/site') },
    help: { type: 'boolean' },
  } as const
  const { values } = parseArgs({ options })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const out = resolve(values.out)
  await build({
    configFile: join(root, 'src/web/vite.config.ts'),
    base: './',
    logLevel: 'warn',
    build: { outDir: out, emptyOutDir: true, manifest: false },
  })
  const built = readFileSync(join(out, 'index.html'), 'utf8')
  for (const page of listSitePages()) write(join(out, page.folder, 'index.html'), sitePageHtml(built, page))
  await writeApi(out)
  return 0
})

/** The documents of the command line, as files. */
async function writeApi(out: string): Promise<void> {
  write(join(out, 'api/models.json'), await cliJson(['models']))
  write(join(out, 'api/gpus.json'), `${JSON.stringify(Object.values(GPUS))}\n`)
  for (const model of listModels()) {
    write(join(out, `api/${modelFolder(model)}.json`), await cliJson(['show', model.id]))
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
