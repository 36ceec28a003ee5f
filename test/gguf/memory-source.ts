import type { ByteSource } from '../../src/gguf/index.js'

/** Bytes in memory as a source; small chunks make values straddle them. */
export const memorySource = (bytes: Uint8Array, chunk_bytes = 37): ByteSource => ({
  size: bytes.byteLength,
  chunk_bytes,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})
