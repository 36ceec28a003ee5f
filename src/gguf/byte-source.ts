/** Bytes that can be read at any place: a local file, or a remote one by range requests. */
export interface ByteSource {
  /** Bytes that are there to be read. */
  readonly size: number
  /** Bytes to ask for at a time. */
  readonly chunk_bytes: number
  /** Exactly `length` bytes from `offset`, both within `size`. */
  read(offset: number, length: number): Promise<Uint8Array>
}
