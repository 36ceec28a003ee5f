import { type FileHandle, open, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AlmanacError } from '../errors.js'
import type { ModelMemory } from '../memory/types.js'
import { badFile, shownName } from './bad-file.js'
import type { ByteSource } from './byte-source.js'
import { type GgufHeader, joinParts, memoryOfFirstPart } from './gguf-header.js'
import { type RawHeader, readRawHeader } from './header.js'
import { partNames } from './part-names.js'

const CHUNK_BYTES = 1024 ** 2

function localSource(file: FileHandle, size: number): ByteSource {
  return {
    size,
    chunk_bytes: CHUNK_BYTES,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      let read = 0
      while (read < length) {
        const { bytesRead } = await file.read(bytes, read, length - read, offset + read)
        if (bytesRead === 0) break
        read += bytesRead
      }
      return bytes.subarray(0, read)
    },
  }
}

function cannotOpen(path: string, error: unknown): AlmanacError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  const why = code === 'ENOENT' ? 'no such file' : code
  return new AlmanacError(
    'FILE_ERROR',
    `cannot read ${shownName(path, 200)}: ${why}`,
    'check the path and its permissions',
    { cause: error },
  )
}

/** Opens a regular file, hands it on and closes it. */
async function withFile<T>(path: string, use: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  const refuse = (error: unknown): never => {
    throw cannotOpen(path, error)
  }
  // Asked before opening: to open a pipe waits for its writer.
  const stats = await stat(path).catch(refuse)
  if (!stats.isFile()) throw badFile(`${shownName(path, 200)} is not a file`, 'name a .gguf file')
  const file = await open(path, 'r').catch(refuse)
  try {
    return await use(file, stats.size)
  } catch (error) {
    throw error instanceof AlmanacError ? error : cannotOpen(path, error)
  } finally {
    await file.close()
  }
}

async function readPart(path: string): Promise<RawHeader> {
  const header = await withFile(path, (file, size) => readRawHeader(localSource(file, size), size))
  if (!header) throw badFile(`${shownName(path, 200)} ends within its header`)
  return header
}

/** Says which part is missing rather than that a file is. */
async function readParts(path: string): Promise<RawHeader[]> {
  const names = partNames(basename(path))
  const parts: RawHeader[] = []
  for (const [index, name] of names.entries()) {
    const part = await readPart(join(dirname(path), name)).catch((error: unknown) => {
      const missing = error instanceof AlmanacError && error.code === 'FILE_ERROR'
      if (!missing || names.length === 1 || name === basename(path)) throw error
      throw badFile(
        `part ${index + 1} of ${names.length} is missing: ${shownName(name, 120)}`,
        'put all parts into one folder',
      )
    })
    parts.push(part)
  }
  return parts
}

/**
 * Reads the header of a local model. Of a split model any part may be given; the others are found beside it.
 *
 * @throws {AlmanacError} `FILE_ERROR` where it cannot be read, `BAD_FILE` where it is not a complete GGUF model.
 */
export async function readGgufFile(path: string): Promise<GgufHeader> {
  return joinParts(await readParts(path))
}

/** How much of a file is there. */
export interface ArrivedBytes {
  bytes: number
  /** Of the whole file. */
  file_bytes: number
  /** Of all parts of a split model; default: the file is all. */
  total_bytes?: number
}

/**
 * Reads the header of a file that is still arriving; of a split model the first part.
 *
 * @returns `null` where the header is not complete yet.
 * @throws {AlmanacError} As `readGgufFile`.
 */
export async function readGgufStart(path: string, arrived: ArrivedBytes): Promise<ModelMemory | null> {
  const header = await withFile(path, (file, size) =>
    readRawHeader(localSource(file, Math.min(size, arrived.bytes)), arrived.file_bytes),
  )
  return header && memoryOfFirstPart(header, arrived.total_bytes ?? arrived.file_bytes)
}
