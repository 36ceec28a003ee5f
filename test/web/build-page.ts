import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { inject } from 'vitest'

/** Builds the page as `npm run build` does into dist/web. */
export async function buildInto(outDir: string): Promise<void> {
  await build({
    configFile: join(process.cwd(), 'src/web/vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
}

let own: Promise<string> | undefined

/** Folder of the built page: the one of this test run, or built on the first call. */
export function buildPage(): Promise<string> {
  const shared = inject('pageFolder')
  if (shared !== undefined) return Promise.resolve(shared)
  own ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'almanac-page-'))
    await buildInto(folder)
    return folder
  })()
  return own
}
