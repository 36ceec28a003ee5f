import { AlmanacError } from '../errors.js'

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'that disk can only be read',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'something else of that name is there',
  EISDIR: 'it is a folder',
  ENOENT: 'it does not exist',
  ENAMETOOLONG: 'its name is too long for that disk',
  EFBIG: 'that disk holds no file so large',
  EIO: 'the disk failed',
}

/**
 * What a failed step on a file means, for people: `NO_SPACE` where the disk (or a quota) is full, else
 * `FILE_ERROR`. Anything that is no error of a file system comes back as it is.
 */
export function explainFileError(error: unknown, path: string): unknown {
  if (error instanceof AlmanacError || !(error instanceof Error) || !('syscall' in error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AlmanacError(
      'NO_SPACE',
      `not enough disk space: ${path} cannot be written`,
      'free some space and run the same command again',
      { cause: error },
    )
  }
  const why = REASONS[code] ?? `the system says ${code || 'nothing'}`
  return new AlmanacError('FILE_ERROR', `${path} cannot be used: ${why}`, undefined, { cause: error })
}

/** Runs a step on a file; what the file system refuses is thrown as an error for people. */
export async function onFile<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw explainFileError(error, path)
  }
}
