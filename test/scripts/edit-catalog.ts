import { readTree } from '../../scripts/lib/read-tree.js'
import { checkCatalog, type Checked } from '../../scripts/lib/check-catalog.js'
import { compileSchemas } from '../../scripts/lib/schema.js'

export const FIXTURE = 'test/fixtures/catalog-basic'
export const TODAY = '2026-11-22'
export const MODEL = 'catalog/models/qwen3/8b.yaml'
export const EXPERTS = 'catalog/models/qwen3/30b-a3b.yaml'

export const schemas = compileSchemas('schema')
const original = readTree(FIXTURE, 'catalog').files

export type Edit = (text: string) => string

/** The fixture's files with some of them edited; `undefined` removes one. */
export function editedFiles(
  edits: Readonly<Record<string, Edit | Uint8Array | undefined>> = {},
): Map<string, Uint8Array> {
  const files = new Map(original)
  for (const [path, edit] of Object.entries(edits)) {
    const text = new TextDecoder().decode(files.get(path) ?? new Uint8Array())
    if (edit === undefined) files.delete(path)
    else files.set(path, edit instanceof Uint8Array ? edit : new TextEncoder().encode(edit(text)))
  }
  return files
}

export function checkEdited(edits: Readonly<Record<string, Edit | Uint8Array | undefined>> = {}): Checked {
  return checkCatalog(editedFiles(edits), schemas, TODAY)
}

/** Replaces text that must be there, so that a test cannot pass by editing nothing. */
export function replace(from: string | RegExp, to: string): Edit {
  return (text) => {
    const edited = text.replace(from, () => to)
    if (edited === text) throw new Error(`the fixture has no ${String(from)}`)
    return edited
  }
}

/** One line a diagnostic, as `line:col rule: message | hint`; the file is named where it is not `file`. */
export function linesOf(checked: Checked, file = MODEL): string[] {
  return checked.diagnostics.map(
    (item) =>
      `${item.file === file ? '' : `${item.file}:`}${item.line}:${item.col} ${item.severity === 'warning' ? 'warning ' : ''}${item.rule}: ${item.message} | ${item.hint}`,
  )
}

/** What one edit of one file brings. */
export function mistake(from: string | RegExp, to: string, file = MODEL): string[] {
  return linesOf(checkEdited({ [file]: replace(from, to) }), file)
}
