import { constants } from 'node:fs'
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Gives a verified file its final name in one step. From another file system it is copied beside the target
 * first, so that nothing half-done ever stands under the final name.
 */
export async function placeFile(from: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  try {
    await rename(from, target)
  } catch (error) {
    if (!isOtherFileSystem(error)) throw error
    await copyThenRename(from, target)
  }
}

async function copyThenRename(from: string, target: string): Promise<void> {
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    await copyFile(from, beside, constants.COPYFILE_EXCL)
    const handle = await open(beside, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(beside, target)
    await rm(from, { force: true })
  } finally {
    await rm(beside, { force: true })
  }
}

function isOtherFileSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EXDEV'
}
