import { readdir, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** A GGUF file that was installed below the almanac's home. */
export interface OwnFile {
  /** Path below the folder of models, with `/`. */
  name: string
  path: string
  size_bytes: number
}

/** More than a disk holds; a link in a circle ends here. */
const MAX_FILES = 10_000

/** The files below the almanac's own folder of models; links are not followed. */
export async function readOwnFiles(home: string): Promise<OwnFile[]> {
  const folder = join(home, 'models')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files: OwnFile[] = []
  for (const entry of entries.slice(0, MAX_FILES)) {
    if (!entry.isFile() || !entry.name.toLowerCase().endsWith('.gguf')) continue
    const path = join(entry.parentPath, entry.name)
    const size = await stat(path).then(
      (found) => found.size,
      () => null,
    )
    if (size === null) continue
    files.push({ name: relative(folder, path).split(sep).join('/'), path, size_bytes: size })
  }
  return files
}

/** Removes one of them. */
export async function removeOwnFile(file: OwnFile): Promise<void> {
  await rm(file.path, { force: true })
}
