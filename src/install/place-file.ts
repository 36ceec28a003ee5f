import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Larger than a stream's default: fewer steps for files of many gigabytes. */
const COPY_BYTES = 1024 * 1024

export interface PlaceOptions {
  signal: AbortSignal | undefined
  /** Called with the bytes copied so far where the file has to be copied. */
  onProgress(bytes: number): void
  /** Asked right before the last step; throws to stop it. */
  beforeRename(): Promise<void>
}

/**
 * Gives a verified file its final name in one step. From another file system it is copied beside the target
 * first, so that nothing half-done ever stands under the final name. The caller holds the lock of `from`.
 */
export async function placeFile(from: string, target: string, options: PlaceOptions): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  await options.beforeRename()
  try {
    await rename(from, target)
  } catch (error) {
    if (!isOtherFileSystem(error)) throw error
    await copyThenRename(from, target, options)
  }
}

async function copyThenRename(from: string, target: string, options: PlaceOptions): Promise<void> {
  // One name for one partial file: what a killed process left half copied is overwritten, not left lying.
  const name = createHash('sha256').update(from).digest('hex').slice(0, 16)
  const beside = join(dirname(target), `.llm-almanac-${name}.tmp`)
  try {
    await copy(from, beside, options)
    const handle = await open(beside, 'r+')
    await handle.sync().finally(() => handle.close())
    await options.beforeRename()
    await rename(beside, target)
    await rm(from, { force: true })
  } finally {
    await rm(beside, { force: true })
  }
}

async function copy(from: string, to: string, { signal, onProgress }: PlaceOptions): Promise<void> {
  let bytes = 0
  await pipeline(
    createReadStream(from, { highWaterMark: COPY_BYTES }),
    async function* (source: AsyncIterable<Uint8Array>) {
      for await (const chunk of source) {
        yield chunk
        bytes += chunk.byteLength
        onProgress(bytes)
      }
    },
    createWriteStream(to, { flags: 'w' }),
    signal === undefined ? {} : { signal },
  )
}

function isOtherFileSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EXDEV'
}
