import { badFile, shownName } from './bad-file.js'
import type { Cursor } from './cursor.js'
import { LIMITS } from './limits.js'

/** A value that is not kept: `string` and its bytes, or `string[]`, `float32[]`, … and the number of elements. */
export interface SkippedValue {
  type: string
  length: number
}

/**
 * A value of the header. Numbers are finite: NaN and the infinities are `null`, 64-bit integers beyond 2⁵³ are their
 * decimal digits.
 */
export type GgufValue = number | string | boolean | null | readonly GgufValue[] | SkippedValue

const STRING = 8
const ARRAY = 9

/** Bytes of the types with a fixed size, and how to read them. */
const SCALARS: ReadonlyMap<
  number,
  { name: string; bytes: number; read: (view: DataView, little: boolean, at: number) => GgufValue }
> = new Map([
  [0, { name: 'uint8', bytes: 1, read: (view, _, at) => view.getUint8(at) }],
  [1, { name: 'int8', bytes: 1, read: (view, _, at) => view.getInt8(at) }],
  [2, { name: 'uint16', bytes: 2, read: (view, little, at) => view.getUint16(at, little) }],
  [3, { name: 'int16', bytes: 2, read: (view, little, at) => view.getInt16(at, little) }],
  [4, { name: 'uint32', bytes: 4, read: (view, little, at) => view.getUint32(at, little) }],
  [5, { name: 'int32', bytes: 4, read: (view, little, at) => view.getInt32(at, little) }],
  [6, { name: 'float32', bytes: 4, read: (view, little, at) => finite(view.getFloat32(at, little)) }],
  [7, { name: 'bool', bytes: 1, read: (view, _, at) => view.getUint8(at) !== 0 }],
  [10, { name: 'uint64', bytes: 8, read: (view, little, at) => whole(view.getBigUint64(at, little)) }],
  [11, { name: 'int64', bytes: 8, read: (view, little, at) => whole(view.getBigInt64(at, little)) }],
  [12, { name: 'float64', bytes: 8, read: (view, little, at) => finite(view.getFloat64(at, little)) }],
])

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

function whole(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** Reads the values of a header and keeps count of what they cost. */
class MetadataReader {
  readonly #cursor: Cursor
  #kept = 0
  #nested = 0

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  #mayKeep(bytes: number): boolean {
    if (this.#kept + bytes > LIMITS.kept_bytes) return false
    this.#kept += bytes
    return true
  }

  async key(): Promise<string> {
    const length = await this.#cursor.size()
    if (length > LIMITS.key_bytes) throw badFile(`a key of the header has ${length} bytes`)
    if (!this.#mayKeep(length)) throw badFile('the header has too many long keys')
    return this.#cursor.text(length)
  }

  async value(type: number, depth = 0): Promise<GgufValue> {
    const scalar = SCALARS.get(type)
    if (scalar) {
      return scalar.read(await this.#cursor.take(scalar.bytes), this.#cursor.littleEndian, 0)
    }
    if (type === STRING) return this.#string()
    if (type === ARRAY) return this.#array(depth)
    throw badFile(`the header has a value of unknown type ${type}`)
  }

  async #string(): Promise<GgufValue> {
    const length = await this.#cursor.size()
    if (length <= LIMITS.kept_string_bytes && this.#mayKeep(length)) {
      return this.#cursor.text(length)
    }
    await this.#cursor.skip(length)
    return { type: 'string', length }
  }

  async #array(depth: number): Promise<GgufValue> {
    const type = await this.#cursor.uint32()
    const length = await this.#cursor.size()
    const scalar = SCALARS.get(type)
    if (scalar) return this.#scalars({ ...scalar, length })
    if (type === STRING) {
      await this.#cursor.skipStrings(length)
      return { type: 'string[]', length }
    }
    if (type !== ARRAY) throw badFile(`the header has an array of unknown type ${type}`)
    if (depth >= LIMITS.nesting) throw badFile('the header nests arrays too deeply')
    this.#nested += length
    if (this.#nested > LIMITS.kept_elements) throw badFile('the header nests too many arrays')
    for (let index = 0; index < length; index++) await this.value(ARRAY, depth + 1)
    return { type: 'array[]', length }
  }

  async #scalars(array: {
    name: string
    bytes: number
    length: number
    read: (view: DataView, little: boolean, at: number) => GgufValue
  }): Promise<GgufValue> {
    const { name, bytes, length } = array
    if (length > LIMITS.kept_elements || !this.#mayKeep(8 * length)) {
      await this.#cursor.skip(bytes * length)
      return { type: `${name}[]`, length }
    }
    const view = await this.#cursor.take(bytes * length)
    const little = this.#cursor.littleEndian
    return Array.from({ length }, (_, index) => array.read(view, little, index * bytes))
  }
}

/** Reads `count` keys with their values. @throws {AlmanacError} `BAD_FILE`. */
export async function readMetadata(cursor: Cursor, count: number): Promise<Map<string, GgufValue>> {
  const reader = new MetadataReader(cursor)
  const metadata = new Map<string, GgufValue>()
  for (let index = 0; index < count; index++) {
    const key = await reader.key()
    if (metadata.has(key)) throw badFile(`the header has the key ${shownName(key)} twice`)
    metadata.set(key, await reader.value(await cursor.uint32()))
  }
  return metadata
}

/** Number of elements of an array, kept or not; `null` for anything else. */
export function arrayLength(value: GgufValue | undefined): number | null {
  if (typeof value !== 'object' || value === null) return null
  if ('type' in value) return value.type.endsWith('[]') ? value.length : null
  return value.length
}
