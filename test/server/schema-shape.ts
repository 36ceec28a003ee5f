import { isRecord } from './wire-shape.js'

/** Where a value is not what a JSON Schema describes: a member missing, unlisted, or of another type. */
export function findMisfits(schema: unknown, value: unknown, at = '$'): string[] {
  if (!isRecord(schema)) return [`${at}: no schema`]
  const types = [schema['type']].flat()
  if (!types.includes(typeOf(value)) && !(types.includes('integer') && Number.isInteger(value))) {
    return [`${at}: ${typeOf(value)} is not ${types.join(' or ')}`]
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => findMisfits(schema['items'], item, `${at}[${index}]`))
  }
  return isRecord(value) ? findMembers(schema, value, at) : []
}

function findMembers(schema: Record<string, unknown>, value: Record<string, unknown>, at: string): string[] {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`)
  const rest = schema['additionalProperties']
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    if (name in properties) return findMisfits(properties[name], member, `${at}.${name}`)
    if (rest === true) return []
    return rest === undefined || rest === false
      ? [`${at}.${name} is not listed`]
      : findMisfits(rest, member, `${at}.${name}`)
  })
  return [...missing, ...wrong]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
