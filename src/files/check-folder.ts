import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { AlmanacError } from '../errors.js'
import { explainFileError } from './explain-file-error.js'

/** The nearest folder (or file) that exists on the way to a path: itself, or one above it. */
export async function nearestExisting(
  path: string,
): Promise<{ path: string; dev: number; is_folder: boolean }> {
  for (let place = resolve(path); ; place = dirname(place)) {
    try {
      const found = await stat(place)
      return { path: place, dev: found.dev, is_folder: found.isDirectory() }
    } catch (error) {
      const above =
        error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))
      if (!above || dirname(place) === place) throw explainFileError(error, place)
    }
  }
}

/**
 * Makes sure that files can be put into a folder that need not exist yet. Nothing is created.
 *
 * @throws {AlmanacError} `BAD_USAGE` where a file stands in its place, `FILE_ERROR` where nothing may be written.
 */
export async function checkFolder(path: string): Promise<void> {
  const found = await nearestExisting(path)
  if (!found.is_folder) {
    throw new AlmanacError('BAD_USAGE', `${found.path} is a file, not a folder`, 'name another folder')
  }
  try {
    await access(found.path, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw explainFileError(error, found.path)
  }
}
