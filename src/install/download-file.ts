import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AlmanacError } from '../errors.js'
import { withLock } from '../files/lock.js'
import { HeadInspector } from './head-inspector.js'
import type { Inspect } from './head-inspector.js'
import { partialFolder, PartialFile } from './partial-file.js'
import { placeFile } from './place-file.js'
import { transferFile } from './transfer.js'
import type { Hub, HubFile } from './types.js'

export interface DownloadContext {
  home: string
  hub: Hub
  signal: AbortSignal | undefined
  /** Bytes of this file that are there and what is being done with them. */
  onProgress(bytes: number, phase: 'downloading' | 'verifying'): void
  /** Looks at the first bytes of the file, before the rest is fetched; throws to refuse. */
  inspect?: Inspect
  /** Of all parts of a split file; default: this file is all. */
  total_bytes?: number
}

/** Two installs of one file do not wait for each other; a download takes days at most. */
const LOCK = { wait_ms: 0, stale_ms: 7 * 24 * 3600 * 1000 }

/**
 * Brings one file to its target: resumes what an earlier run left, verifies size and sha256, renames last.
 * A file that is already complete costs no download.
 *
 * @throws {AlmanacError} `BUSY`, `GATE_CLOSED` (another file of that name), `HASH_MISMATCH`, `CANCELLED`, …
 */
export async function downloadFile(file: HubFile, target: string, context: DownloadContext): Promise<void> {
  if (await isComplete(file, target, context)) return
  const folder = partialFolder(context.home, file)
  await withLock(`${folder}.lock`, LOCK, async () => {
    const partial = await PartialFile.open(folder)
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
    await verify(partial, file)
    await placeFile(partial.path, target)
    await partial.remove()
  })
}

async function isComplete(file: HubFile, target: string, context: DownloadContext): Promise<boolean> {
  const size = await stat(target).then(
    (found) => (found.isFile() ? found.size : -1),
    () => null,
  )
  if (size === null) return false
  if (size === file.bytes && (await hashFile(target, file, context)) === file.sha256) return true
  throw new AlmanacError(
    'GATE_CLOSED',
    `a different ${file.name.split('/').at(-1)} is already there`,
    `move or remove ${target}, or choose another --dir`,
  )
}

async function hashFile(path: string, file: HubFile, context: DownloadContext): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { signal: context.signal })) {
    const part: Uint8Array = chunk
    hash.update(part)
    bytes += part.byteLength
    context.onProgress(Math.min(bytes, file.bytes), 'verifying')
  }
  return hash.digest('hex')
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
