import type { AlmanacError } from '../errors.js'
import { badFile } from './bad-file.js'
import type { ByteSource } from './byte-source.js'
import { Cursor, HeaderEnds } from './cursor.js'
import { LIMITS } from './limits.js'
import { type GgufValue, readMetadata } from './metadata.js'
import { type GgufVersion, readSignature } from './signature.js'
import { type GgufTensor, measureTensors, readTensors } from './tensor-list.js'

/** What one GGUF file says before its tensor data. */
export interface RawHeader {
  version: GgufVersion
  endianness: 'little' | 'big'
  metadata: ReadonlyMap<string, GgufValue>
  tensors: GgufTensor[]
  file_bytes: number
  /** Where the tensor data begins. */
  data_offset: number
}

/** Where a file says nothing of it. */
const DEFAULT_ALIGNMENT = 32
const MAX_ALIGNMENT = 2 ** 20
/** Shortest entries: key length, value type, one byte; name length, dimensions, type, offset. */
const MIN_KEY_BYTES = 13
const MIN_TENSOR_BYTES = 24

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>): number {
  const value = metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT
  const isPower = typeof value === 'number' && value > 0 && Number.isInteger(Math.log2(value))
  if (!isPower || value > MAX_ALIGNMENT) throw badFile('general.alignment is no power of two')
  return value
}

const endsWithin = (fileBytes: number): AlmanacError =>
  badFile(
    `the file ends after ${fileBytes} bytes, within its header`,
    'download it again: it is incomplete or damaged',
  )

function checkCount(what: string, count: number, most: number): void {
  if (count > most) throw badFile(`the header claims ${count} ${what}, more than any model has`)
}

/** Reads a header that must be complete within the source. */
async function readHeader(source: ByteSource, fileBytes: number): Promise<RawHeader> {
  const cursor = new Cursor(source)
  const { version, endianness } = await readSignature(cursor)
  const tensorCount = await cursor.size()
  const keyCount = await cursor.size()
  checkCount('tensors', tensorCount, LIMITS.tensors)
  checkCount('keys', keyCount, LIMITS.keys)
  const entries = keyCount * MIN_KEY_BYTES + tensorCount * MIN_TENSOR_BYTES
  if (entries > fileBytes - cursor.position) throw endsWithin(fileBytes)
  const metadata = await readMetadata(cursor, keyCount)
  const listed = await readTensors(cursor, tensorCount)
  const alignment = alignmentOf(metadata)
  const data_offset = Math.ceil(cursor.position / alignment) * alignment
  const tensors = measureTensors(listed, Math.max(0, fileBytes - data_offset))
  return { version, endianness, metadata, tensors, file_bytes: fileBytes, data_offset }
}

/**
 * Reads what a GGUF file says before its tensor data; vocabularies are passed over, not kept.
 *
 * Bounds (limits.ts): the header 256 MiB, what is kept of it 16 MiB, 65,536 keys and tensors.
 *
 * @param fileBytes - Size of the whole file; more than `source.size` while it is still arriving.
 * @returns `null` where more bytes are needed.
 * @throws {AlmanacError} `BAD_FILE` for anything that is no complete GGUF file of version 2 or 3.
 */
export async function readRawHeader(source: ByteSource, fileBytes: number): Promise<RawHeader | null> {
  try {
    return await readHeader(source, fileBytes)
  } catch (error) {
    if (!(error instanceof HeaderEnds)) throw error
    if (source.size < fileBytes) return null
    throw endsWithin(fileBytes)
  }
}
