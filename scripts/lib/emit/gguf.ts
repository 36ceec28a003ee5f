import type { Catalog, ResolvedModel } from '../resolve.js'
import { lines, literal } from './literal.js'
import type { TableFile } from './tables.js'

/** The GGUF mapping: one line a build, since builds are what changes. URLs are derived, not stored. */
export function ggufTable({ models }: Catalog): TableFile {
  return {
    file: 'gguf.ts',
    imports: { './ids.js': ['ModelId'], './types.js': ['GgufRow'] },
    tables: [
      {
        name: 'GGUF',
        type: 'Readonly<Record<ModelId, readonly GgufRow[]>>',
        description: 'Files of every build: repository, names, bytes, hashes and Ollama tags; loaded on use.',
        initializer: lines(['{', '}'], models, entryOf),
      },
    ],
  }
}

function entryOf({ row, gguf }: ResolvedModel): string {
  const builds = gguf.map((build) => `    ${literal(build)},\n`).join('')
  return `  ${literal(row.id)}: ${builds === '' ? '[]' : `[\n${builds}  ]`},\n`
}
