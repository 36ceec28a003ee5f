import { join } from 'node:path'
import type { GateOptions } from './check-gate.js'
import { listDiskNeeds } from './disk-needs.js'
import { readFreeDiskBytes } from './disk-space.js'
import type { InstallDeps } from './install-deps.js'
import type { InstallTarget } from './install-target.js'
import { modelsFolder } from './models-folder.js'

interface GateDisk {
  needed_bytes: number
  /** Null where it cannot be known, as on a provider's other machine. */
  free_bytes: number | null
}

/**
 * What an install still writes, and the room on the disk that gets it. Of a file install that is what is missing;
 * Ollama and LM Studio download beside their models, in the same size, and keep their own count.
 */
export async function diskOf(
  target: InstallTarget,
  options: GateOptions,
  deps: InstallDeps,
): Promise<GateDisk> {
  const { provider } = options
  if (provider === 'file') return diskOfFiles(target, options.dir ?? join(deps.home, 'models'), deps)
  const needed_bytes = target.bytes ?? 0
  if (!isLocal(deps[provider].url)) return { needed_bytes, free_bytes: null }
  return { needed_bytes, free_bytes: await readFreeDiskBytes(modelsFolder(provider, deps)) }
}

async function diskOfFiles(target: InstallTarget, folder: string, { home }: InstallDeps): Promise<GateDisk> {
  const files = target.files.flatMap(({ bytes, sha256, ...file }) =>
    bytes === undefined || sha256 === undefined ? [] : [{ ...file, bytes, sha256 }],
  )
  if (files.length === 0 || files.length < target.files.length) {
    return { needed_bytes: target.bytes ?? 0, free_bytes: await readFreeDiskBytes(folder) }
  }
  const needs = await listDiskNeeds(files, { home, folder })
  const disks = await Promise.all(
    needs.map(async ({ place, bytes }) => ({
      needed_bytes: bytes,
      free_bytes: await readFreeDiskBytes(place),
    })),
  )
  const short = disks.find(({ needed_bytes, free_bytes }) => free_bytes !== null && needed_bytes > free_bytes)
  return short ?? disks[0] ?? { needed_bytes: 0, free_bytes: null }
}

function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return true
  const { hostname } = new URL(url)
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
