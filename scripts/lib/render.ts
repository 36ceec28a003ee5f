import { join } from 'node:path'
import type { Content } from './emit/content.js'
import { emitDocs } from './emit/docs.js'
import { emitTables } from './emit/emit-tables.js'
import { emitFileTypes, emitRowTypes } from './emit/types.js'
import type { Catalog } from './resolve.js'
import { sortedBy } from './order.js'

/** Folders that hold generated files only. */
export const GENERATED_FOLDERS = ['generated', 'docs/models']

const README = `# generated/

Made from \`catalog/\` and \`schema/\` by \`npm run generate\`. Do not edit: the next run overwrites it.

To change a fact, edit its file in \`catalog/\`, run \`npm run generate\` and commit both. On a merge conflict in this
folder take either side and run \`npm run generate\`. \`npm run generate -- --check\` says whether the folder is fresh.
`

/** Every generated file, by path: tables, types and documentation. */
export async function renderAll(catalog: Catalog, root: string): Promise<Map<string, Content>> {
  const schemas = join(root, 'schema')
  const [rowTypes, fileTypes] = [await emitRowTypes(schemas), await emitFileTypes(schemas)]
  const files: [string, Content][] = [
    ...emitTables(catalog),
    ...emitDocs(catalog, join(root, 'scripts/templates')),
    ['generated/types.ts', () => [rowTypes]],
    ['generated/authored.ts', () => [fileTypes]],
    ['generated/README.md', () => [README]],
  ]
  return new Map(sortedBy(files, ([path]) => path))
}
