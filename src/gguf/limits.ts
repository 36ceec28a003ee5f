/**
 * Bounds on a header. Each is far above the largest real file seen, so that a damaged or hostile one ends in an error
 * before it costs memory or time.
 */
export const LIMITS = {
  /** Bytes up to the tensor data. Real: 16 MB, for 262,144 tokens with 514,906 merges. */
  header_bytes: 256 * 1024 ** 2,
  /** Bytes of a header that are fetched over the network. */
  fetched_bytes: 64 * 1024 ** 2,
  /** Keys of metadata. Real: about 60. */
  keys: 65_536,
  /** Bytes of a key's name; the format's own bound. */
  key_bytes: 65_535,
  /** Bytes of a string value that is kept; a longer one is known by its length only. Real: templates of 20 KB. */
  kept_string_bytes: 256 * 1024,
  /** Elements of an array that is kept: one a block. Real: 126 blocks. */
  kept_elements: 4096,
  /** Bytes of all that is kept, as UTF-8. */
  kept_bytes: 16 * 1024 ** 2,
  /** Arrays within arrays; no real file has any. */
  nesting: 4,
  /** Tensors. Real: 1,761 (GLM-4.6), about 30,000 in files of 2023 with an expert each. */
  tensors: 65_536,
  /** Bytes of a tensor's name; llama.cpp refuses 64. */
  tensor_name_bytes: 256,
  /** Dimensions of a tensor; GGML's own bound. */
  dimensions: 4,
  /** Blocks of a model; llama.cpp refuses more than 512. */
  blocks: 4096,
  /** Experts that a token uses, each of which the estimate goes through. Real: 22. */
  experts_used: 128,
  /** Streams of alternating updates (gemma3n). Real: 4. */
  altup_inputs: 64,
  /** Parts of a split file; more than any published model has. */
  parts: 500,
} as const
