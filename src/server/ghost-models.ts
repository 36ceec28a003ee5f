import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isLocked, withLock } from '../files/lock.js'
import { DOWNLOAD_LOCK, lockOf } from '../install/partial-file.js'
import type { AlmanacState } from './almanac-state.js'
import { readOwnFiles, removeOwnFile } from './own-files.js'

/** Something that takes space or a place in a list, and is no model that can be used. */
export interface Ghost {
  model_id: string
  reason: string
  path?: string
  size_mb?: number
  size_bytes?: number
  provider?: string
  /** Removes exactly this. */
  remove(): Promise<void>
}

/** Left-over partial downloads and empty files of our own, and models that Ollama lists without any bytes. */
export async function listGhosts(state: AlmanacState): Promise<Ghost[]> {
  const { home } = state.ports
  const found = await Promise.all([partialGhosts(home), emptyFileGhosts(home), ollamaGhosts(state)])
  return found.flat()
}

/** Downloads that were interrupted; one that a process is working on has a living lock beside it. */
async function partialGhosts(home: string): Promise<Ghost[]> {
  const folder = join(home, 'partial')
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const ghosts: Ghost[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (!entry.isDirectory() || (await isLocked(lockOf(path), DOWNLOAD_LOCK))) continue
    const size = await stat(join(path, 'data')).then(
      (file) => file.size,
      () => 0,
    )
    ghosts.push({
      model_id: `partial:${entry.name}`,
      reason: 'An interrupted download; installing the same file again resumes it',
      path,
      ...sizes(size),
      // An install may have taken it up again meanwhile: then this is refused.
      remove: () => withLock(lockOf(path), DOWNLOAD_LOCK, () => rm(path, { recursive: true, force: true })),
    })
  }
  return ghosts
}

async function emptyFileGhosts(home: string): Promise<Ghost[]> {
  const files = (await readOwnFiles(home)).filter((file) => file.size_bytes === 0)
  return files.map((file) => ({
    model_id: `file:${file.name}`,
    reason: 'An empty file',
    path: file.path,
    ...sizes(0),
    remove: () => removeOwnFile(file),
  }))
}

async function ollamaGhosts(state: AlmanacState): Promise<Ghost[]> {
  const { models } = await state.report('ollama')
  const empty = models.filter((model) => model.local && model.size_bytes === 0)
  return empty.map(({ name }) => ({
    model_id: name,
    reason: 'Ollama lists it, but it has no bytes',
    provider: 'ollama',
    ...sizes(0),
    remove: () => state.ports.deleteOllamaModel(name),
  }))
}

function sizes(bytes: number): { size_mb: number; size_bytes: number } {
  return { size_mb: Math.round(bytes / 1e4) / 100, size_bytes: bytes }
}
