import type { ErrorObject } from 'ajv'
import type { Path, Severity } from './diagnostic.js'
import { fieldName, NOT_AUTHORED, ownerNoun, SYNONYMS } from './field-words.js'
import type { Kind } from './layout.js'
import { patternWords } from './pattern-words.js'
import { show } from './show.js'
import { didYouMean, nearest } from './suggest.js'
import { exampleText, typeHint, wordsForTypes } from './value-hints.js'

export interface SchemaMessage {
  rule: string
  severity: Severity
  path: Path
  target: 'key' | 'value'
  message: string
  hint: string
}

const FILE_NOUNS: Readonly<Record<Kind, string>> = {
  model: 'a model',
  family: 'a family',
  gpus: 'a GPU list',
  quantizations: 'the quantizations',
  tiers: 'the tiers',
  providers: 'the providers',
  'size-exceptions': 'the size exceptions',
}

/**
 * Puts one schema error into a contributor's words.
 *
 * @param missing - Missing fields of the same map; one whose name is near is taken into `paired` and told here.
 */
export function describeError(
  error: ErrorObject,
  path: Path,
  kind: Kind,
  missing: readonly ErrorObject[],
  paired: Set<ErrorObject>,
): SchemaMessage {
  const base = { severity: 'error' as const, path, target: 'value' as const }
  if (error.keyword === 'additionalProperties') return unknownField(error, path, kind, missing, paired)
  if (error.keyword === 'required') return { ...base, target: 'key', ...missingField(error, path, kind) }
  if (error.keyword === 'type') return { ...base, ...wrongType(error, path) }
  if (error.keyword === 'enum') return { ...base, ...wrongChoice(error, path) }
  if (error.keyword === 'pattern') return { ...base, ...wrongForm(error, path) }
  if (error.keyword === 'uniqueItems') return duplicateItem(error, path)
  return { ...base, ...outOfRange(error, path) }
}

type Words = Pick<SchemaMessage, 'rule' | 'message' | 'hint'>

function unknownField(
  error: ErrorObject,
  path: Path,
  kind: Kind,
  missing: readonly ErrorObject[],
  paired: Set<ErrorObject>,
): SchemaMessage {
  const name = param(error, 'additionalProperty')
  const fields = fieldsOf(error)
  const wanted = missing.map((other) => param(other, 'missingProperty'))
  const instead = meant(name, wanted)
  const owner = ownerNoun(path, FILE_NOUNS[kind])
  const base = {
    rule: 'schema/unknown-field',
    severity: 'error' as const,
    path: [...path, name],
    target: 'key' as const,
  }
  const message = `${show(name)} is not a field of ${owner}`
  if (instead === undefined) {
    return { ...base, message, hint: cut(unknownHint(name, fields)) }
  }
  const told = missing.find((other) => param(other, 'missingProperty') === instead)
  if (told) paired.add(told)
  return { ...base, message: `${message}, and "${instead}" is missing`, hint: `rename it to "${instead}"` }
}

function unknownHint(name: string, fields: readonly string[]): string {
  const known = Object.hasOwn(NOT_AUTHORED, name) ? NOT_AUTHORED[name] : undefined
  if (known !== undefined) return known
  const other = meant(name, fields)
  return other === undefined ? `remove it; the fields are: ${fields.join(', ')}` : `did you mean "${other}"?`
}

function meant(name: string, fields: readonly string[]): string | undefined {
  const synonym = Object.hasOwn(SYNONYMS, name.toLowerCase()) ? SYNONYMS[name.toLowerCase()] : undefined
  if (synonym !== undefined && fields.includes(synonym)) return synonym
  // GGUF headers write the architecture before its keys: qwen3.block_count.
  const unprefixed = name.slice(name.indexOf('.') + 1)
  return fields.includes(unprefixed) ? unprefixed : nearest(name, fields)
}

function cut(text: string): string {
  return text.length > 240 ? `${text.slice(0, 240)}…` : text
}

function missingField(error: ErrorObject, path: Path, kind: Kind): Words {
  const name = param(error, 'missingProperty')
  const example = exampleOf(property(error.parentSchema, 'properties', name))
  return {
    rule: 'schema/missing-field',
    message: `${ownerNoun(path, FILE_NOUNS[kind])} needs the field "${name}"`,
    hint: `add "${name}: …"${exampleText(example)}`,
  }
}

function wrongType(error: ErrorObject, path: Path): Words {
  const wanted = [error.schema].flat().map(String)
  const field = fieldName(path)
  return {
    rule: 'schema/type',
    message: `${field} must be ${wordsForTypes(wanted)}, got ${show(error.data)}`,
    hint: choiceHint(error) ?? typeHint(error.data, wanted, field, exampleOf(error.parentSchema)),
  }
}

/** A wrong type where few values are allowed: naming them helps more than the type. */
function choiceHint(error: ErrorObject): string | undefined {
  const allowed = property(error.parentSchema, 'enum')
  return Array.isArray(allowed) && error.data !== null ? `use one of: ${allowed.join(', ')}` : undefined
}

function wrongChoice(error: ErrorObject, path: Path): Words {
  const allowed = [error.schema].flat().map(String)
  return {
    rule: 'schema/enum',
    message: `${fieldName(path)} ${show(error.data)} does not exist`,
    hint: didYouMean(String(error.data), allowed, `use one of: ${allowed.join(', ')}`),
  }
}

function wrongForm(error: ErrorObject, path: Path): Words {
  const definition = /\/definitions\/(\w+)\/pattern$/.exec(error.schemaPath)?.[1]
  const field = String(path.findLast((step) => typeof step === 'string') ?? '')
  const words = patternWords(definition ?? definitionByExample(error), field)
  return {
    rule: 'schema/pattern',
    message: `${fieldName(path)} must be ${words.wanted}, got ${show(error.data)}`,
    hint: words.hint(String(error.data)),
  }
}

/** A reference that ajv inlined has lost its name; the shared definitions are known by their pattern's start. */
function definitionByExample(error: ErrorObject): string | undefined {
  const pattern = String(error.schema)
  if (pattern.startsWith('^https://')) return 'url'
  if (pattern === '^[0-9a-f]{64}$') return 'sha256'
  if (pattern.startsWith('^20') && !pattern.includes(')?$')) return 'date'
  return undefined
}

function duplicateItem(error: ErrorObject, path: Path): SchemaMessage {
  const index = Math.max(numberParam(error, 'i'), numberParam(error, 'j'))
  const list = Array.isArray(error.data) ? error.data : []
  return {
    rule: 'schema/duplicate-item',
    severity: 'error',
    path: [...path, index],
    target: 'value',
    message: `${show(list[index])} is in ${fieldName(path)} twice`,
    hint: 'remove one of the two',
  }
}

const LIMITS: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
}

function outOfRange(error: ErrorObject, path: Path): Words {
  const field = fieldName(path)
  const limit = String(error.schema)
  const word = LIMITS[error.keyword]
  if (word !== undefined)
    return {
      rule: 'schema/range',
      message: `${field} must be ${word} ${limit}, got ${show(error.data)}`,
      hint: `check the unit and the digits${exampleText(exampleOf(error.parentSchema))}; unknown is absent, never 0`,
    }
  const size = Array.isArray(error.data) ? 'item' : 'character'
  const count = typeof error.data === 'string' || Array.isArray(error.data) ? error.data.length : 0
  const bound = error.keyword.startsWith('min') ? 'at least' : 'at most'
  return {
    rule: 'schema/length',
    message: `${field} must have ${bound} ${limit} ${size}${limit === '1' ? '' : 's'}, got ${count}`,
    hint: bound === 'at least' ? 'fill it in, or remove the field where it is optional' : 'shorten it',
  }
}

function fieldsOf(error: ErrorObject): string[] {
  const properties: unknown = error.parentSchema?.['properties']
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}

function property(schema: unknown, ...keys: string[]): unknown {
  let value = schema
  for (const key of keys)
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined
  return value
}

function exampleOf(schema: unknown): unknown {
  const examples = property(schema, 'examples')
  return Array.isArray(examples) ? examples[0] : undefined
}

function param(error: ErrorObject, name: string): string {
  return String(property(error.params, name))
}

function numberParam(error: ErrorObject, name: string): number {
  return Number(property(error.params, name))
}
