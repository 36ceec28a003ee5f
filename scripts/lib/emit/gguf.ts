import type { Catalog } from '../resolve.js'
import { literal } from './literal.js'
import type { TableFile } from './tables.js'

/** The GGUF mapping: one line a build, since builds are what changes. URLs are derived, not stored. */
export function ggufTable({ models }: Catalog): TableFile {
  const entries = models.map(({ row, gguf }) => {
    const lines = gguf.map((build) => `    ${literal(build)},\n`).join('')
    return `  ${literal(row.id)}: ${lines === '' ? '[]' : `[\n${lines}  ]`},\n`
  })
  return {
    file: 'gguf.ts',
    imports: { './ids.js': ['ModelId'], './types.js': ['GgufRow'] },
    tables: [
      {
        name: 'GGUF',
        type: 'Readonly<Record<ModelId, readonly GgufRow[]>>',
        description: 'Files of every build: repository, names, bytes, hashes and Ollama tags; loaded on use.',
        initializer: entries.length === 0 ? '{}' : `{\n${entries.join('')}}`,
      },
    ],
  }
}
