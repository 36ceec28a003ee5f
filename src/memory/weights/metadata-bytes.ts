import type { Architecture } from '../../../generated/types.js'

export function estimateMetadataBytes(architecture: Architecture): number {
  return architecture.vocab_size * 40
}
