import { basename, join } from 'node:path'
import { nearestExisting } from '../files/check-folder.js'
import { isAlreadyThere } from './already-there.js'
import { readPartialBytes } from './partial-file.js'
import type { HubFile } from './types.js'

/** What a download still writes to one disk. */
export interface DiskNeed {
  /** A folder on that disk. */
  place: string
  bytes: number
}

/**
 * What is still to be written, disk by disk. Where the folder is on the disk of the partial files, only the missing
 * bytes are: the last step renames. Where it is on another, each file arrives whole at home, one after the other,
 * and is then copied to the folder.
 *
 * @param home - Below it the partial files stand.
 * @param folder - Gets the files under their base names.
 */
export async function listDiskNeeds(
  files: readonly Omit<HubFile, 'url'>[],
  { home, folder }: { home: string; folder: string },
): Promise<DiskNeed[]> {
  let missing = 0
  let largest = 0
  let whole = 0
  for (const file of files) {
    if (await isAlreadyThere(join(folder, basename(file.name)), file.bytes)) continue
    const rest = file.bytes - (await readPartialBytes(home, file))
    missing += rest
    largest = Math.max(largest, rest)
    whole += file.bytes
  }
  const [atHome, atFolder] = await Promise.all([nearestExisting(home), nearestExisting(folder)])
  if (atHome.dev === atFolder.dev) return [{ place: folder, bytes: missing }]
  return [
    { place: folder, bytes: whole },
    { place: home, bytes: largest },
  ]
}
