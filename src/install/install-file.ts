import { basename, join, resolve } from 'node:path'
import { AlmanacError } from '../errors.js'
import { checkFolder } from '../files/check-folder.js'
import { formatGb } from '../units.js'
import { listDiskNeeds } from './disk-needs.js'
import { readFreeDiskBytes } from './disk-space.js'
import { downloadFile } from './download-file.js'
import type { DownloadContext } from './download-file.js'
import { fetchHubFile } from './fetch-hub-file.js'
import { areAlreadyThere } from './already-there.js'
import { ProgressMeter } from './progress.js'
import type { InstallTarget } from './install-target.js'
import type { Hub, HubFile, InstallProvider, Report } from './types.js'

export interface FileInstall {
  target: InstallTarget
  /** Folder that gets the files under their base names. */
  folder: string
  home: string
  hub: Hub
  signal: AbortSignal | undefined
  report: Report
  /** Who the files are for. */
  provider: Extract<InstallProvider, 'file' | 'lmstudio'>
  /** Looks at the header in the first bytes; throws to refuse. See `DownloadContext`. */
  inspect: DownloadContext['inspect']
}

/**
 * Downloads every part into the folder, verified, and returns the first one's path. Sizes and hashes of all
 * parts are asked first, so that the disk is checked before the first byte.
 *
 * @throws {AlmanacError} `NO_SPACE`, `BAD_USAGE` where the folder is a file, `FILE_ERROR`, and as `downloadFile`.
 */
export async function installFiles(install: FileInstall): Promise<string> {
  const files = await fetchAll(install)
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  const { target, provider, report, folder } = install
  report({
    type: 'start',
    model: target.label,
    quantization: target.quantization,
    provider,
    total_bytes: total,
  })
  if (!(await areAlreadyThere(files, folder))) await checkDisk(files, install)
  await downloadAll(files, total, install)
  const path = resolve(folder, basename(files[0]?.name ?? ''))
  report({
    type: 'done',
    path,
    bytes: total,
    ...(files.length === 1 ? { sha256: files[0]?.sha256 ?? '' } : {}),
    provider,
  })
  return path
}

async function downloadAll(files: readonly HubFile[], total: number, install: FileInstall): Promise<void> {
  const { report, folder, home, hub, signal, inspect } = install
  const meter = new ProgressMeter(report, total)
  let before = 0
  try {
    for (const [index, file] of files.entries()) {
      if (files.length > 1) meter.part = { part: index + 1, parts: files.length }
      await downloadFile(file, join(folder, basename(file.name)), {
        home,
        hub,
        signal,
        total_bytes: total,
        onProgress: (bytes, phase) => meter.update(before + bytes, phase),
        ...(index === 0 && inspect ? { inspect } : {}),
      })
      before += file.bytes
    }
  } finally {
    meter.end()
  }
}

/** What the hub says of every part; the dry run prints it. */
export async function fetchAll({
  target,
  hub,
  signal,
}: Pick<FileInstall, 'target' | 'hub' | 'signal'>): Promise<HubFile[]> {
  if (target.files.length === 0) {
    throw new AlmanacError(
      'PROVIDER_FAILED',
      `no file of ${target.label} is known on Hugging Face`,
      'install it with --provider ollama',
    )
  }
  const files: HubFile[] = []
  for (const file of target.files) files.push(await fetchHubFile(file, hub, signal))
  return files
}

/** Whether files can be put into both folders, and whether their disks have the room. */
async function checkDisk(files: readonly HubFile[], { folder, home }: FileInstall): Promise<void> {
  await checkFolder(folder)
  await checkFolder(home)
  for (const { place, bytes } of await listDiskNeeds(files, { home, folder })) {
    const free = await readFreeDiskBytes(place)
    if (free === null || bytes <= free) continue
    throw new AlmanacError(
      'NO_SPACE',
      `not enough disk space below ${place}: needs ${formatGb(bytes)}, ${formatGb(free)} are free`,
      `free ${formatGb(bytes - free)} and run the same command again`,
    )
  }
}
