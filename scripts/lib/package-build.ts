import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { InlineConfig, Plugin } from 'vite'
import { root } from './root.js'

/** Entry points of the package; the command line's is the `bin`. */
const ENTRIES = ['src/index', 'src/node', 'src/server/index', 'src/cli/main']

/** Loaded together by every ranking: one file instead of two hundred is most of a fast start. */
const CORE =
  /[\\/]src[\\/](?:memory|catalog|recommend|units|errors)\b|[\\/]generated[\\/](?:models|quantizations)\./

/**
 * Joins the modules of the package into a few files, so that it starts in milliseconds: reading one file a
 * module costs more than running it. Dynamic imports stay apart and are loaded on use. Types come from tsc.
 */
export function packageBuild(): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [tablesAsText()],
    ssr: { external: true },
    build: {
      ssr: true,
      outDir: join(root, 'dist'),
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(ENTRIES.map((entry) => [entry, join(root, `${entry}.ts`)])),
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'src/chunks/[name]-[hash].js',
          // Names stay, for stack traces; blanks and comments are half of the code.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
          codeSplitting: { groups: [{ name: 'core', test: CORE }] },
        },
      },
    },
  }
}

/** Node reads a large table faster as JSON text than as JavaScript. */
function tablesAsText(): Plugin {
  return {
    name: 'tables-as-text',
    async load(id) {
      if (
        !/[\\/]generated[\\/](?:models|gguf|details|gpus|quantizations|compute-buffers|tensor-bytes)\.ts$/.test(
          id,
        )
      )
        return undefined
      const tables: Record<string, unknown> = await import(pathToFileURL(id).href)
      return Object.entries(tables)
        .map(([name, table]) => `export const ${name} = JSON.parse(${singleQuoted(JSON.stringify(table))})\n`)
        .join('')
    },
  }
}

/** JSON is full of double quotes, which single ones need not escape. */
function singleQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)}'`
}
