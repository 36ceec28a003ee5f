/** The part of JSON Schema that the routes use for what comes in. */
export interface InputSchema {
  type?: string
  properties?: Readonly<Record<string, InputSchema>>
  required?: readonly string[]
  enum?: readonly unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
}

type Checked = { value: unknown } | { error: string }

const DECIMAL = /^\d{1,15}(\.\d{1,15})?$/

/**
 * Narrows a query, the parameters of a path or a body to what its schema says. Texts of a query become numbers
 * and booleans only where they are written plainly and given once: `24`, `1.5`, `true`; not ``, `0x18`, `1e3`,
 * `NaN` or `24gb`. Members that the schema does not name are dropped.
 *
 * @param source - `query`: values are texts; `body`: values have their JSON types.
 */
export function validateInput(schema: InputSchema, data: unknown, source: 'query' | 'body'): Checked {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    return { error: 'The body is a JSON object' }
  }
  const value: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const given: unknown = Object.hasOwn(data, name) ? Reflect.get(data, name) : undefined
    if (given === undefined) {
      if (schema.required?.includes(name)) return { error: `${name} is missing` }
      continue
    }
    const checked = source === 'query' ? checkText(property, given, name) : checkValue(property, given, name)
    if ('error' in checked) return checked
    value[name] = checked.value
  }
  return { value }
}

function checkText(schema: InputSchema, given: unknown, name: string): Checked {
  if (typeof given !== 'string') return { error: `${name} is given more than once` }
  if (schema.type === 'number' || schema.type === 'integer') {
    if (!DECIMAL.test(given)) return { error: `${name} is a plain decimal number` }
    return checkValue(schema, Number(given), name)
  }
  if (schema.type === 'boolean') {
    if (given !== 'true' && given !== 'false') return { error: `${name} is true or false` }
    return { value: given === 'true' }
  }
  return checkValue(schema, given, name)
}

function checkValue(schema: InputSchema, value: unknown, name: string): Checked {
  switch (schema.type) {
    case 'string':
      return checkString(schema, value, name)
    case 'number':
    case 'integer':
      return checkNumber(schema, value, name)
    case 'boolean':
      return typeof value === 'boolean' ? { value } : { error: `${name} is true or false` }
    default:
      throw new TypeError(`an input schema of type ${schema.type} for ${name}`)
  }
}

function checkString(schema: InputSchema, value: unknown, name: string): Checked {
  if (typeof value !== 'string') return { error: `${name} is a text` }
  if (value.length < (schema.minLength ?? 0)) return { error: `${name} is empty` }
  if (value.length > (schema.maxLength ?? Infinity)) return { error: `${name} is too long` }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
    return { error: `${name} has characters that it cannot have` }
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return { error: `${name} is one of ${schema.enum.join(', ')}` }
  }
  return { value }
}

function checkNumber(schema: InputSchema, value: unknown, name: string): Checked {
  if (typeof value !== 'number' || !Number.isFinite(value)) return { error: `${name} is a number` }
  if (schema.type === 'integer' && !Number.isSafeInteger(value)) return { error: `${name} is a whole number` }
  const { minimum = -Infinity, maximum = Infinity } = schema
  if (value < minimum || value > maximum) return { error: `${name} is from ${minimum} to ${maximum}` }
  return { value }
}
