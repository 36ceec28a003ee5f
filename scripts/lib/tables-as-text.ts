import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

const TABLES =
  /[\\/]generated[\\/](?:models|gguf|details|gpus|quantizations|compute-buffers|tensor-bytes)\.ts$/

/** Node reads a large table faster as JSON text than as JavaScript, and a record only when it is first asked. */
export function tablesAsText(): Plugin {
  return {
    name: 'tables-as-text',
    async load(id) {
      if (!TABLES.test(id)) return undefined
      const tables: Record<string, unknown> = await import(pathToFileURL(id).href)
      const statements = Object.entries(tables).map(
        ([name, table]) =>
          `export const ${name} = ${Array.isArray(table) ? parsed(table) : lazyRecord(table)}\n`,
      )
      return `${READER}${statements.join('')}`
    },
  }
}

/** A record that reads its text when first asked for anything. */
const READER = `function lazyRecord(read) {
  let rows
  const own = () => (rows ??= read())
  return new Proxy({}, {
    get: (_, key) => own()[key],
    has: (_, key) => key in own(),
    ownKeys: () => Reflect.ownKeys(own()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(own(), key),
  })
}
`

function lazyRecord(table: unknown): string {
  return `lazyRecord(() => ${parsed(table)})`
}

function parsed(table: unknown): string {
  return `JSON.parse(${singleQuoted(JSON.stringify(table))})`
}

/** JSON is full of double quotes, which single ones need not escape. */
function singleQuoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)}'`
}
