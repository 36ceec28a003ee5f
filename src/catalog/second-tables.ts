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

const HUB = 'https://huggingface.co'

/**
 * Address of a file in a Hugging Face repository. Every segment is percent-encoded.
 *
 * @example fileUrl('a/b', 'Q4_K_M/x y.gguf') // 'https://huggingface.co/a/b/resolve/main/Q4_K_M/x%20y.gguf'
 */
export function fileUrl(repo: string, name: string, revision = 'main', endpoint = HUB): string {
  const path = name.split('/').map(encodeURIComponent).join('/')
  return `${endpoint}/${repo}/resolve/${encodeURIComponent(revision)}/${path}`
}
