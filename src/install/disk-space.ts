import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Free bytes on the file system that holds a path, or will hold it; null where the system does not say. */
export async function readFreeDiskBytes(path: string): Promise<number | null> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    } catch (error) {
      const missing =
        error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      if (!missing || dirname(folder) === folder) return null
    }
  }
}
