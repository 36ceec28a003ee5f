import { type TensorTypeName, tensorBytes, tensorTypeName } from '../memory/tensor-types.js'
import { badFile, shownName } from './bad-file.js'
import type { Cursor } from './cursor.js'
import { LIMITS } from './limits.js'

/** A tensor as the header lists it. */
export interface GgufTensor {
  name: string
  /** GGML type by name, or `type N` where we know none of that number. */
  type: string
  /** Elements per dimension, fastest first. */
  shape: number[]
  /** From the start of the tensor data, in bytes. */
  offset: number
  /** What it takes in the file, without padding. */
  bytes: number
  /** Which file of a split model holds it, from 0. */
  part: number
}

/** A tensor before its bytes are known. */
export interface ListedTensor {
  name: string
  type: TensorTypeName | null
  type_id: number
  shape: number[]
  offset: number
}

async function readShape(cursor: Cursor, name: string): Promise<number[]> {
  const dimensions = await cursor.uint32()
  if (dimensions > LIMITS.dimensions) {
    throw badFile(`tensor ${shownName(name)} has ${dimensions} dimensions`)
  }
  const shape: number[] = []
  for (let index = 0; index < dimensions; index++) shape.push(await cursor.size())
  const elements = shape.reduce((product, length) => product * length, 1)
  if (!Number.isSafeInteger(elements)) {
    throw badFile(`tensor ${shownName(name)} has more elements than any file can hold`)
  }
  return shape
}

async function readTensor(cursor: Cursor): Promise<ListedTensor> {
  const length = await cursor.size()
  if (length > LIMITS.tensor_name_bytes) throw badFile(`a tensor's name has ${length} bytes`)
  const name = await cursor.text(length)
  const shape = await readShape(cursor, name)
  const type_id = await cursor.uint32()
  const offset = await cursor.size()
  return { name, type: tensorTypeName(type_id), type_id, shape, offset }
}

/** Reads `count` entries of the list of tensors. @throws {AlmanacError} `BAD_FILE`. */
export async function readTensors(cursor: Cursor, count: number): Promise<ListedTensor[]> {
  const tensors: ListedTensor[] = []
  const names = new Set<string>()
  for (let index = 0; index < count; index++) {
    const tensor = await readTensor(cursor)
    if (names.has(tensor.name)) {
      throw badFile(`the header lists the tensor ${shownName(tensor.name)} twice`)
    }
    names.add(tensor.name)
    tensors.push(tensor)
  }
  return tensors
}

/**
 * Adds the bytes of each tensor: by type and shape, and where those do not tell, up to the next tensor.
 *
 * @param dataBytes - Bytes of the file from the start of the tensor data on.
 * @throws {AlmanacError} `BAD_FILE` where the file ends before its tensors do, or they overlap.
 */
export function measureTensors(tensors: readonly ListedTensor[], dataBytes: number): GgufTensor[] {
  const offsets = [...new Set(tensors.map(({ offset }) => offset))].sort((a, b) => a - b)
  const next = new Map(offsets.map((offset, index) => [offset, offsets[index + 1] ?? dataBytes]))
  const measured = tensors.map(({ name, type, type_id, shape, offset }) => {
    const known = type === null ? null : tensorBytes(type, shape)
    const bytes = known ?? Math.max(0, (next.get(offset) ?? dataBytes) - offset)
    return { name, type: type ?? `type ${type_id}`, shape, offset, bytes, part: 0 }
  })
  const end = measured.reduce((last, { offset, bytes }) => Math.max(last, offset + bytes), 0)
  if (end > dataBytes) {
    throw badFile(
      `the file ends ${end - dataBytes} bytes before its last tensor does: it is incomplete`,
      'download it again, or let an interrupted download finish',
    )
  }
  const sum = measured.reduce((total, { bytes }) => total + bytes, 0)
  if (sum > dataBytes) throw badFile('the header lists tensors that overlap')
  return measured
}
