import type { ModelId } from '../../generated/ids.js'
import type { DetailRow, GgufRow } from '../../generated/types.js'

/**
 * Files of every build: names, hashes, tags. Loaded on use, since most calls need none of them.
 */
export async function loadGguf(): Promise<Readonly<Record<ModelId, readonly GgufRow[]>>> {
  return (await import('../../generated/gguf.js')).GGUF
}

/** Evidence, tier reasons and sources of every model. Loaded on use. */
export async function loadDetails(): Promise<Readonly<Record<ModelId, DetailRow>>> {
  return (await import('../../generated/details.js')).DETAILS
}
