import { stat } from 'node:fs/promises'

/** Whether a file of exactly that size stands there. */
export async function isAlreadyThere(path: string, bytes: number): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile() && found.size === bytes,
    () => false,
  )
}
