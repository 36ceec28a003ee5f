import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

/** Builds the page into a folder of its own, as `npm run build` does into dist/web. */
export async function buildPage(base = '/'): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'almanac-page-'))
  await build({
    configFile: join(process.cwd(), 'src/web/vite.config.ts'),
    base,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
  return outDir
}
