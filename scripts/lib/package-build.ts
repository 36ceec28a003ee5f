import { join } from 'node:path'
import type { InlineConfig } from 'vite'
import { root } from './root.js'
import { tablesAsText } from './tables-as-text.js'

/** Entry points of the package; the command line's is the `bin`. */
const ENTRIES = ['src/index', 'src/node', 'src/server/index', 'src/cli/main']

const CORE =
  /[\\/]src[\\/](?:memory|catalog|recommend)\b|[\\/]generated[\\/](?:models|quantizations|compute-buffers|tensor-bytes)\./

/** What every command needs of the command line, and what the one that people give most needs beside. */
const CLI =
  /[\\/]src[\\/]cli[\\/](?:commands?|exit-code|help|io|parse-command-line|run-cli|suggest|version|wrap)\.ts$/
const RANKING =
  /[\\/]src[\\/]cli[\\/](?:commands[\\/]recommend|display-width|load-machine|machine-lines|options|print-json|recommend-table|table)\.ts$/

/** Modules that are loaded together; the first match counts. Reading one file a module costs more than running it. */
const TOGETHER = [
  { name: 'base', test: /[\\/]src[\\/](?:units|errors)\.ts$/ },
  { name: 'core', test: CORE },
  { name: 'hardware', test: /[\\/]src[\\/](?:hardware|process)[\\/]|[\\/]generated[\\/]gpus\./ },
  { name: 'cli', test: CLI },
  { name: 'ranking', test: RANKING },
]

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
          codeSplitting: { groups: TOGETHER },
        },
      },
    },
  }
}
