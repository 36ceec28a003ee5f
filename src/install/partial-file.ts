import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { HubFile } from './types.js'

const READ_BYTES = 1024 * 1024
/** Longer than any real tag; a damaged file is not read into a header. */
const MAX_ETAG = 500

/** Folder of a download in progress: keyed by repository, file and hash, so that a changed file starts afresh. */
export function partialFolder(home: string, file: Pick<HubFile, 'repo' | 'name' | 'sha256'>): string {
  const key = createHash('sha256').update(`${file.repo}\n${file.name}\n${file.sha256}`).digest('hex')
  return join(home, 'partial', key.slice(0, 32))
}

/** Where a process says that it is at work on the folder. */
export function lockOf(folder: string): string {
  return `${folder}.lock`
}

/** Two installs of one file do not wait for each other. A minute without a beat: the other machine is gone. */
export const DOWNLOAD_LOCK = { wait_ms: 0, stale_ms: 60_000, spare_stopped: true }

/** Bytes of a download that have arrived earlier; 0 where none have. */
export async function readPartialBytes(home: string, file: Omit<HubFile, 'url'>): Promise<number> {
  try {
    const { size } = await stat(join(partialFolder(home, file), 'data'))
    return size <= file.bytes ? size : 0
  } catch {
    return 0
  }
}

/**
 * A file that grows: every byte that is written is hashed, so that the hash is known with the last one.
 * Opening it again hashes what is already there. Beside it stands the ETag of the answer that it comes from, so
 * that the next process, too, continues only that very content.
 */
export class PartialFile {
  readonly path: string
  readonly #folder: string
  readonly #handle: FileHandle
  #hash: Hash
  #bytes: number
  #etag: string | undefined

  private constructor(folder: string, handle: FileHandle, etag: string | undefined) {
    this.#folder = folder
    this.path = join(folder, 'data')
    this.#handle = handle
    this.#hash = createHash('sha256')
    this.#bytes = 0
    this.#etag = etag
  }

  static async open(folder: string): Promise<PartialFile> {
    await mkdir(folder, { recursive: true })
    return new PartialFile(folder, await open(join(folder, 'data'), 'a+'), await readEtag(folder))
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Strong ETag of what is there; `undefined` where its host gave none. */
  get etag(): string | undefined {
    return this.#etag
  }

  async keepEtag(etag: string | undefined): Promise<void> {
    if (etag === this.#etag) return
    this.#etag = etag
    await writeFile(join(this.#folder, 'etag'), etag ?? '')
  }

  /** Hashes what an earlier run left. @param onProgress - Called with the bytes read so far. */
  async rehash(onProgress: (bytes: number) => void, signal?: AbortSignal): Promise<void> {
    const buffer = Buffer.allocUnsafe(READ_BYTES)
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await this.#handle.read(buffer, 0, READ_BYTES, this.#bytes)
      if (bytesRead === 0) return
      this.#hash.update(buffer.subarray(0, bytesRead))
      this.#bytes += bytesRead
      onProgress(this.#bytes)
    }
  }

  async append(chunk: Uint8Array): Promise<void> {
    for (let written = 0; written < chunk.byteLength;) {
      const { bytesWritten } = await this.#handle.write(chunk, written)
      this.#hash.update(chunk.subarray(written, written + bytesWritten))
      this.#bytes += bytesWritten
      written += bytesWritten
    }
  }

  /** Starts from nothing again. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0)
    this.#hash = createHash('sha256')
    this.#bytes = 0
    await this.keepEtag(undefined)
  }

  /** Hex digest of all bytes so far. */
  digest(): string {
    return this.#hash.copy().digest('hex')
  }

  async sync(): Promise<void> {
    await this.#handle.sync()
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function readEtag(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'etag'), 'latin1').catch(() => '')
  return isStrongEtag(text) ? text : undefined
}

/** A weak tag says nothing about bytes and cannot guard a range (RFC 9110, section 13.1.5). */
export function isStrongEtag(text: string | undefined): text is string {
  return text !== undefined && text.length <= MAX_ETAG && /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(text)
}
