import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/**
 * Where a program lies: on the PATH, else in one of `extraDirectories`; `null` where it is not installed.
 *
 * A look at a dozen directories costs well under a millisecond, a failed start of a process several. Relative
 * PATH entries are passed over: a program of the current directory is never started by accident.
 */
export function findExecutable(name: string, extraDirectories: readonly string[] = []): string | null {
  if (isAbsolute(name)) return isExecutable(name) ? name : null
  const windows = process.platform === 'win32'
  const file = windows && !/\.(exe|com)$/i.test(name) ? `${name}.exe` : name
  const path = (process.env['PATH'] ?? '').split(delimiter).map((entry) => entry.replace(/^"(.*)"$/, '$1'))
  for (const directory of [...path, ...extraDirectories]) {
    if (!isAbsolute(directory)) continue
    const candidate = join(directory, file)
    if (isExecutable(candidate)) return candidate
  }
  return null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
