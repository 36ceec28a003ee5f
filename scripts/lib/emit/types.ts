import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { banner } from './banner.js'

type Node = { [key: string]: unknown }

const ID_TYPES = ['ModelId', 'QuantizationId', 'TierId', 'GpuId', 'ProviderId', 'FamilyId']

/** Where the id of a row gets its union type from. */
interface RowType {
  title: string
  schema: string
  /** Keys from the schema to the row's own schema. */
  at: readonly string[]
  idType?: string
  add?: Node
}

const VENDOR: Node = { type: 'string', description: "Vendor, the file's name." }

const ROW_TYPES: readonly RowType[] = [
  {
    title: 'QuantizationRow',
    schema: 'quantization',
    at: ['properties', 'quantizations', 'items'],
    idType: 'QuantizationId',
  },
  { title: 'TierRow', schema: 'tier', at: ['properties', 'tiers', 'items'], idType: 'TierId' },
  { title: 'TierRule', schema: 'tier', at: ['properties', 'rule'] },
  {
    title: 'ProviderRow',
    schema: 'provider',
    at: ['properties', 'providers', 'items'],
    idType: 'ProviderId',
  },
  {
    title: 'GpuRow',
    schema: 'gpu',
    at: ['properties', 'gpus', 'items'],
    idType: 'GpuId',
    add: { vendor: VENDOR },
  },
]

/** Files of the catalog, typed for the scripts that read them. */
const FILE_TYPES: readonly [title: string, schema: string][] = [
  ['ModelFile', 'model'],
  ['FamilyFile', 'family'],
  ['QuantizationsFile', 'quantization'],
  ['TiersFile', 'tier'],
  ['ProvidersFile', 'provider'],
  ['GpusFile', 'gpu'],
  ['SizeExceptionsFile', 'size-exceptions'],
]

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readSchema(directory: string, name: string): Node {
  const parsed: unknown = JSON.parse(readFileSync(join(directory, `${name}.schema.json`), 'utf8'))
  if (!isNode(parsed)) throw new TypeError(`${name}.schema.json is not an object`)
  // `$id` is a public address; without it references resolve to the files beside it.
  delete parsed['$id']
  return parsed
}

function descend(node: Node, keys: readonly string[]): Node {
  let current = node
  for (const key of keys) {
    const next = current[key]
    if (!isNode(next)) throw new TypeError(`the schema has no ${keys.join('.')}`)
    current = next
  }
  return current
}

function rowSchema(directory: string, row: RowType): Node {
  const schema = descend(readSchema(directory, row.schema), row.at)
  const properties = { ...descend(schema, ['properties']), ...row.add }
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  if (row.idType !== undefined) {
    properties['id'] = { ...descend(properties, ['id']), $ref: undefined, type: 'string', tsType: row.idType }
    delete descend(properties, ['id'])['$ref']
  }
  return { ...schema, title: row.title, properties, required: [...required, ...Object.keys(row.add ?? {})] }
}

async function compileTypes(directory: string, definitions: Node): Promise<string> {
  const root = { title: 'Root', type: 'object', definitions } as JSONSchema
  const code = await compile(root, 'Root', {
    cwd: directory.endsWith('/') ? directory : `${directory}/`,
    bannerComment: '',
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    additionalProperties: false,
    style: { semi: false, singleQuote: true, printWidth: 110 },
  })
  return withoutRoot(code)
}

/** The root only carries the definitions: neither it nor the remarks that name it are of use. */
function withoutRoot(code: string): string {
  return code
    .replace(/(?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?export interface Root \{[^}]*\}\n/, '')
    .replace(
      / \*\n \* This interface was referenced by `Root`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g,
      '',
    )
    .replace(
      /\/\*\*\n \* This interface was referenced by `Root`'s JSON-Schema\n \* via the `definition` "\w+"\.\n \*\/\n/g,
      '',
    )
    .replace(/ \*\n \* @minItems \d+\n/g, '')
}

function usedIdTypes(code: string): string {
  const used = ID_TYPES.filter((name) => new RegExp(`\\b${name}\\b`).test(code))
  return used.length === 0 ? '' : `import type { ${used.sort().join(', ')} } from './ids.js'\n\n`
}

/** `generated/types.ts`: the rows of every generated table. */
export async function emitRowTypes(schemaDirectory: string): Promise<string> {
  const tables = descend(readSchema(schemaDirectory, 'tables'), ['definitions'])
  const rows = ROW_TYPES.map((row) => [row.title, rowSchema(schemaDirectory, row)] as const)
  const code = await compileTypes(schemaDirectory, { ...tables, ...Object.fromEntries(rows) })
  return `${banner('schema/')}${usedIdTypes(code)}${code}`
}

/** `generated/authored.ts`: the files of the catalog as they are written; types for the scripts only. */
export async function emitFileTypes(schemaDirectory: string): Promise<string> {
  const files = FILE_TYPES.map(
    ([title, name]) => [title, { ...readSchema(schemaDirectory, name), title }] as const,
  )
  return `${banner('schema/')}${await compileTypes(schemaDirectory, Object.fromEntries(files))}`
}
