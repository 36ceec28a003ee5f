import type { Architecture } from '../../../generated/types.js'
import { inventoryOf } from './inventory.js'

/**
 * Bytes of the vocabulary, merges and other keys of real files, by vocabulary: exact file sizes (gguf repositories of
 * the publisher, bartowski, unsloth, ggml-org, Ollama's manifests of August 2025) minus the tensors that the recipe
 * gives and 62 bytes for each tensor's entry. Files of one vocabulary agree within 0.03 MB.
 */
const BY_VOCABULARY: ReadonlyMap<number, number> = new Map([
  [32000, 720_000], // mixtral:8x7b
  [32064, 726_000], // phi3.5:mini
  [32768, 740_000], // mistral:7b, mixtral:8x22b
  [49152, 1_769_000], // smollm2:1.7b
  [49159, 1_724_000], // granite3.3:8b
  [100352, 3_541_000], // olmo2:7b, olmo2:13b
  [102400, 4_182_000], // exaone3.5:7.8b
  [128256, 7_822_000], // llama3.1, llama3.2, llama3.3
  [129280, 5_239_000], // deepseek-v3:671b
  [131072, 7_860_000], // mistral-nemo, mistral-small3.2
  [151552, 6_016_000], // glm4:9b
  [151936, 5_933_000], // qwen2.5, qwen3
  [152064, 5_933_000], // qwen2.5:7b and larger, the same tokenizer
  [200064, 8_239_000], // phi4-mini
  [201088, 12_980_000], // gpt-oss
  [262144, 6_512_000], // gemma3:1b, gemma3:4b
  [262208, 6_512_000], // the same with 64 rows of padding
])

/** Where one vocabulary size stands for two tokenizers. */
const BY_ARCHITECTURE: Readonly<Record<string, number>> = {
  gemma2: 6_028_000,
  'command-r': 10_874_000,
  cohere2: 10_901_000,
  // The converter adds merges to gemma4's vocabulary; Ollama's gemma3 files, which have them too, show the size.
  gemma4: 15_764_000,
}

/** falcon3 is the only model of 131,072 entries with heads of 256 elements; its vocabulary is not Mistral's. */
const FALCON3_BYTES = 4_730_000

/** Vocabularies that we have not measured: between 23 (SentencePiece) and 65 bytes (200,000 entries) an entry. */
const BYTES_PER_ENTRY = 42
/** Name, shape, type and offset in the list of tensors. */
const BYTES_PER_TENSOR = 62

function vocabularyBytes(architecture: Architecture): number {
  const { vocab_size } = architecture
  const name = architecture['general.architecture']
  if (name === 'llama' && vocab_size === 131072 && architecture.key_length === 256) {
    return FALCON3_BYTES
  }
  return BY_ARCHITECTURE[name] ?? BY_VOCABULARY.get(vocab_size) ?? BYTES_PER_ENTRY * vocab_size
}

/**
 * Bytes of a GGUF file that are not tensor data: tokenizer, keys, list of tensors. Within 0.1 MB for the vocabularies
 * we measured, within about 5 MB for others.
 *
 * @example estimateMetadataBytes(llama32) // 7_831_114 for Llama 3.2 1B, whose Q8_0 file has 7,831,232
 */
export function estimateMetadataBytes(architecture: Architecture): number {
  const inventory = inventoryOf(architecture)
  const inBlocks = (inventory?.kind_of_block ?? []).reduce(
    (count, kind) => count + (inventory?.kinds[kind]?.tensors.length ?? 0),
    0,
  )
  const tensors = inBlocks + (inventory?.outside.length ?? 0)
  return vocabularyBytes(architecture) + BYTES_PER_TENSOR * tensors
}
