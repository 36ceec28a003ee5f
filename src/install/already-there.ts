import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** Whether a file of exactly that size stands there. */
export async function isAlreadyThere(path: string, bytes: number): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile() && found.size === bytes,
    () => false,
  )
}

/** Whether every file stands in the folder under its base name, in the size that it should have. */
export async function areAlreadyThere(
  files: readonly { name: string; bytes?: number | undefined }[],
  folder: string,
): Promise<boolean> {
  for (const { name, bytes } of files) {
    if (bytes === undefined || !(await isAlreadyThere(join(folder, basename(name)), bytes))) return false
  }
  return files.length > 0
}
