/** A JSON Schema in the part of the language that the routes use. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

export const text: Schema = { type: 'string' }
export const number: Schema = { type: 'number' }
export const flag: Schema = { type: 'boolean' }
export const textOrNull: Schema = { type: ['string', 'null'] }
export const numberOrNull: Schema = { type: ['number', 'null'] }
export const flagOrNull: Schema = { type: ['boolean', 'null'] }
export const texts: Schema = { type: 'array', items: text }

export function listOf(items: Schema): Schema {
  return { type: 'array', items }
}

/** An object whose members are all there, but those in `optional`. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
  }
}

/** A map from any key. */
export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values }
}

export const errorBody: Schema = object({ detail: text })

/** Errors of a route beside its answers. */
export const ERRORS = { '4xx': errorBody, '5xx': errorBody } as const
