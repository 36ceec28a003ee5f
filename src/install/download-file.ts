import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AlmanacError } from '../errors.js'
import { explainFileError, onFile } from '../files/explain-file-error.js'
import { withLock } from '../files/lock.js'
import { HeadInspector } from './head-inspector.js'
import type { Inspect } from './head-inspector.js'
import { DOWNLOAD_LOCK, lockOf, partialFolder, PartialFile } from './partial-file.js'
import { placeFile } from './place-file.js'
import { transferFile } from './transfer.js'
import type { Hub, HubFile, ProgressPhase } from './types.js'

export interface DownloadContext {
  home: string
  hub: Hub
  signal: AbortSignal | undefined
  /** Bytes of this file that are there and what is being done with them. */
  onProgress(bytes: number, phase: ProgressPhase): void
  /** Looks at the first bytes of the file, before the rest is fetched; throws to refuse. */
  inspect?: Inspect
  /** Of all parts of a split file; default: this file is all. */
  total_bytes?: number
}

/**
 * Brings one file to its target: resumes what an earlier run left, verifies size and sha256, renames last.
 * A file that is already complete costs no download.
 *
 * @throws {AlmanacError} `BUSY`, `GATE_CLOSED` (another file of that name), `HASH_MISMATCH`, `NO_SPACE`, …
 */
export async function downloadFile(file: HubFile, target: string, context: DownloadContext): Promise<void> {
  if (await isComplete(file, target, context)) return
  const folder = partialFolder(context.home, file)
  await onFile(folder, () =>
    withLock(lockOf(folder), DOWNLOAD_LOCK, async (isOurs) => {
      // Whoever held the lock a moment ago may have brought it.
      if (await isComplete(file, target, context)) return
      const partial = await PartialFile.open(folder)
      await fillPartial(partial, file, context)
      await verify(partial, file)
      await onFile(target, () =>
        placeFile(partial.path, target, {
          signal: context.signal,
          onProgress: (bytes) => context.onProgress(bytes, 'importing'),
          beforeRename: () => refuseIntruders(isOurs, file, target),
        }),
      )
      await partial.remove()
    }),
  )
}

/** At the last step the lock must still be ours, and the name still free. */
async function refuseIntruders(isOurs: () => Promise<boolean>, file: HubFile, target: string): Promise<void> {
  if (!(await isOurs())) throw new AlmanacError('BUSY', 'another process took over this download')
  if ((await sizeAt(target)) !== null) throw nameTaken(file, target)
}

async function isComplete(file: HubFile, target: string, context: DownloadContext): Promise<boolean> {
  const size = await sizeAt(target)
  if (size === null) return false
  if (size === file.bytes && (await hashFile(target, file, context)) === file.sha256) return true
  throw nameTaken(file, target)
}

/** Bytes of a file, -1 for what is no file, `null` where nothing is. */
async function sizeAt(path: string): Promise<number | null> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : -1
  } catch (error) {
    const isFree = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isFree) return null
    // A name too long for that disk, say: better known before the download than after it.
    throw explainFileError(error, path)
  }
}

function nameTaken(file: HubFile, target: string): AlmanacError {
  return new AlmanacError(
    'GATE_CLOSED',
    `a different ${file.name.split('/').at(-1)} is already there`,
    `move or remove ${target}, or choose another --dir`,
  )
}

async function hashFile(path: string, file: HubFile, context: DownloadContext): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  await onFile(path, async () => {
    for await (const chunk of createReadStream(path, { signal: context.signal })) {
      const part: Uint8Array = chunk
      hash.update(part)
      bytes += part.byteLength
      context.onProgress(Math.min(bytes, file.bytes), 'verifying')
    }
  })
  return hash.digest('hex')
}

/** Hashes what is there, fetches the rest, and closes the file whatever happens. */
async function fillPartial(partial: PartialFile, file: HubFile, context: DownloadContext): Promise<void> {
  try {
    await partial.rehash(
      (bytes) => context.onProgress(Math.min(bytes, file.bytes), 'verifying'),
      context.signal,
    )
    if (partial.bytes > file.bytes) await partial.restart()
    await fetchMissing(partial, file, context)
    await partial.sync()
  } finally {
    await partial.close()
  }
}

async function fetchMissing(partial: PartialFile, file: HubFile, context: DownloadContext): Promise<void> {
  const head = new HeadInspector(partial, file, context.inspect, context.total_bytes ?? file.bytes)
  await head.look()
  await transferFile({
    file,
    hub: context.hub,
    partial,
    signal: context.signal,
    onBytes: () => {
      context.onProgress(partial.bytes, 'downloading')
      return head.look()
    },
  })
}

async function verify(partial: PartialFile, file: HubFile): Promise<void> {
  const found = partial.digest()
  if (partial.bytes === file.bytes && found === file.sha256) return
  await partial.remove()
  throw new AlmanacError(
    'HASH_MISMATCH',
    `the file arrived damaged: sha256 ${found}, announced ${file.sha256}`,
    'it was deleted; nothing was installed; try again',
  )
}
