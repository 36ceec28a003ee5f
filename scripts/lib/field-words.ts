import type { Path } from './diagnostic.js'

/** What the entries of a list or the fields of a map are called in a sentence. */
const NOUNS: Readonly<Record<string, string>> = {
  builds: 'a build',
  files: 'a file',
  projector: 'a projector',
  evidence: 'a piece of evidence',
  sources: 'a source',
  gpus: 'a GPU',
  quantizations: 'a quantization',
  providers: 'a provider',
  tiers: 'a tier',
  boards: 'a board',
  metrics: 'a metric',
  other_boards: 'a board',
  exceptions: 'a size exception',
}

/** Names that other projects use for our fields; an edit distance would not find them. */
export const SYNONYMS: Readonly<Record<string, string>> = {
  layers: 'block_count',
  n_layer: 'block_count',
  num_hidden_layers: 'block_count',
  n_layers: 'block_count',
  hidden_size: 'embedding_length',
  n_embd: 'embedding_length',
  intermediate_size: 'feed_forward_length',
  num_attention_heads: 'head_count',
  n_head: 'head_count',
  kv_heads: 'head_count_kv',
  n_head_kv: 'head_count_kv',
  num_key_value_heads: 'head_count_kv',
  head_dim: 'key_length',
  num_experts: 'expert_count',
  num_experts_per_tok: 'expert_used_count',
  n_ctx: 'context_length',
  max_tokens: 'max',
  ctx: 'context',
  context_length: 'context',
  quant: 'quantization',
  quants: 'builds',
  size: 'bytes',
  size_gb: 'bytes',
  size_bytes: 'bytes',
  hash: 'sha256',
  sha: 'sha256',
  sha256sum: 'sha256',
  filename: 'name',
  file: 'files',
  url: 'source',
  link: 'source',
  source: 'url',
  vram: 'memory_bytes',
  vram_gb: 'memory_bytes',
  memory: 'memory_bytes',
  bandwidth: 'memory_bandwidth_bytes_per_s',
  bandwidth_gbs: 'memory_bandwidth_bytes_per_s',
  bpw: 'bits_per_weight',
  kld: 'kl_divergence',
  params: 'parameters',
  parameter_count: 'parameters',
  org: 'publisher',
  vendor: 'publisher',
  author: 'publisher',
  tag: 'ollama_tag',
  ollama: 'ollama_tag',
  tool_calling: 'tools',
  score: 'value',
  repository: 'repo',
  hf_repo: 'repo',
  huggingface: 'repo',
  std_error: 'standard_error',
  stderr: 'standard_error',
  std: 'standard_error',
  released: 'release',
  release_date: 'release',
}

/** `context.max` for `['context', 'max']`; places in lists are left out, since the line says them. */
export function fieldName(path: Path): string {
  return path.filter((step) => typeof step === 'string').join('.') || 'the file'
}

/** What a field belongs to, as `a build` or `architecture`. */
export function ownerNoun(path: Path, fileNoun: string): string {
  const key = path.findLast((step) => typeof step === 'string')
  if (key === undefined) return fileNoun
  return NOUNS[key] ?? String(key)
}

/** Names that people expect, and what stands in their place. */
export const NOT_AUTHORED: Readonly<Record<string, string>> = {
  tier: 'remove it: the tier is computed from the evidence',
  tier_reason: 'remove it: the reason is computed from the evidence',
  id: 'remove it: the path of the file gives the id',
  family: 'remove it: the folder gives the family',
  vendor: 'remove it: the name of the file gives the vendor',
  '<<': 'merge keys are not allowed: write the fields out',
}
