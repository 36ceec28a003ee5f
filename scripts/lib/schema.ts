import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { Diagnostic, Path } from './diagnostic.js'
import type { Kind } from './layout.js'
import type { Loaded } from './load.js'
import { describeError } from './schema-message.js'

const SCHEMA_OF: Readonly<Record<Kind, string>> = {
  model: 'model',
  family: 'family',
  gpus: 'gpu',
  quantizations: 'quantization',
  tiers: 'tier',
  providers: 'provider',
  'size-exceptions': 'size-exceptions',
}

export type Schemas = Readonly<Record<Kind, ValidateFunction>>

/** Compiles all schemas of a folder. Throws where a schema itself is wrong: that is a bug of ours. */
export function compileSchemas(directory: string): Schemas {
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true })
  ajv.addKeyword('tsType')
  const names = readdirSync(directory).filter((name) => name.endsWith('.schema.json'))
  const definitions = child(readSchema(directory, 'common.schema.json'), 'definitions')
  for (const name of names.sort()) {
    const schema = readSchema(directory, name)
    addExamples(schema, definitions)
    ajv.addSchema(schema)
  }
  const compiled = Object.entries(SCHEMA_OF).map(([kind, name]) => [kind, schemaNamed(ajv, name)])
  return Object.fromEntries(compiled) as Schemas
}

function readSchema(directory: string, name: string): object {
  const schema: unknown = JSON.parse(readFileSync(join(directory, name), 'utf8'))
  if (typeof schema !== 'object' || schema === null) throw new TypeError(`${name} is not an object`)
  return schema
}

/** Messages quote the example of a field; where it refers to a shared definition, the example stands there. */
function addExamples(schema: unknown, definitions: unknown): void {
  if (typeof schema !== 'object' || schema === null) return
  const name = /#\/definitions\/(\w+)$/.exec(String(child(schema, '$ref')))?.[1]
  const examples = name === undefined ? undefined : child(child(definitions, name), 'examples')
  if (examples !== undefined) Object.assign(schema, { examples })
  for (const value of Object.values(schema)) addExamples(value, definitions)
}

function schemaNamed(ajv: Ajv, name: string): ValidateFunction {
  const validate = ajv.getSchema(`https://llm-almanac.dev/schema/${name}.schema.json`)
  if (!validate) throw new TypeError(`schema/${name}.schema.json is missing`)
  return validate
}

/** What the schema says against a file: one diagnostic a mistake. */
export function validateSchema(loaded: Loaded, kind: Kind, schemas: Schemas): Diagnostic[] {
  const validate = schemas[kind]
  if (validate(loaded.data) === true) return []
  const errors = oneErrorAPlace(validate.errors ?? [])
  const missing = errors.filter((error) => error.keyword === 'required')
  const paired = new Set<ErrorObject>()
  const diagnostics: Diagnostic[] = []
  for (const error of errors.filter((candidate) => candidate.keyword !== 'required')) {
    const siblings = missing.filter(
      (other) => other.instancePath === error.instancePath && !paired.has(other),
    )
    diagnostics.push(place(loaded, describeError(error, pathOf(loaded.data, error), kind, siblings, paired)))
  }
  for (const error of missing)
    if (!paired.has(error))
      diagnostics.push(place(loaded, describeError(error, pathOf(loaded.data, error), kind, [], paired)))
  return diagnostics
}

/** A wrong value often breaks several keywords; the first by this order says it best. */
const PRIORITY = ['type', 'enum', 'const', 'maxLength', 'minLength', 'pattern']

function oneErrorAPlace(errors: readonly ErrorObject[]): ErrorObject[] {
  const byPlace = new Map<string, ErrorObject>()
  const objectErrors: ErrorObject[] = []
  for (const error of errors) {
    if (error.keyword === 'required' || error.keyword === 'additionalProperties') {
      objectErrors.push(error)
      continue
    }
    const other = byPlace.get(error.instancePath)
    if (!other || rank(error) < rank(other)) byPlace.set(error.instancePath, error)
  }
  return [...objectErrors, ...byPlace.values()]
}

function rank(error: ErrorObject): number {
  const index = PRIORITY.indexOf(error.keyword)
  return index < 0 ? PRIORITY.length : index
}

/** Keys and indexes of an error's place; indexes are numbers where the data has a list. */
function pathOf(data: unknown, error: ErrorObject): (string | number)[] {
  const steps = error.instancePath.split('/').slice(1)
  let value = data
  return steps.map((raw) => {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    const step = Array.isArray(value) ? Number(key) : key
    value = child(value, step)
    return step
  })
}

function child(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)]
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === step)?.[1]
}

interface Placeless extends Omit<Diagnostic, 'file' | 'line' | 'col'> {
  path: Path
  target: 'key' | 'value'
}

function place(loaded: Loaded, { path, target, ...rest }: Placeless): Diagnostic {
  return { ...rest, file: loaded.file, ...loaded.positionOf(path, target) }
}
