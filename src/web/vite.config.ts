import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { buildWorkerWithPage } from './worker-with-page.js'

const ROOT = import.meta.dirname ?? new URL('.', import.meta.url).pathname

/** Tables of the catalog get a file each: they change with the data, the script with the code. */
function chunkOf(id: string): string | null {
  const table = /\/generated\/([a-z-]+)\.[jt]s$/.exec(id.replaceAll('\\', '/'))?.[1]
  return table === undefined ? null : `table-${table}`
}

const output = { codeSplitting: { groups: [{ name: chunkOf, debugName: 'tables' }] } }

/** The page that `serve` answers with; `scripts/site.ts` builds the same with a relative base. */
export default defineConfig({
  root: ROOT,
  base: '/',
  publicDir: resolve(ROOT, 'public'),
  // The runtime of JSX is Preact's own; Vite compiles it without a plug-in.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(ROOT, '../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    // Inlined pictures would be the only data: addresses of the page.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: { output },
  },
  plugins: [buildWorkerWithPage(resolve(ROOT, 'forecast/forecast-worker.ts'))],
})
