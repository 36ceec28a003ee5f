/** Models without an output layer: embeddings are read off the last block. */
const ENCODERS: ReadonlySet<string> = new Set([
  'bert',
  'eurobert',
  'jina-bert-v2',
  'jina-bert-v3',
  'modern-bert',
  'neo-bert',
  'nomic-bert',
  'nomic-bert-moe',
])

/**
 * Whether an architecture has no output layer, neither a tensor of its own nor tied embeddings.
 *
 * Source: the loaders in src/models/ of llama.cpp v0.5.0.
 */
export const isEncoder = (architecture: string): boolean => ENCODERS.has(architecture)
