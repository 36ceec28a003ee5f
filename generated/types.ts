// Made from schema/ by `npm run generate`. Do not edit: change the source and run it again.

import type { GpuId, ModelId, ProviderId, QuantizationId, TierId } from './ids.js'

/**
 * One model with what every call needs; files, evidence and sources are in the second tables.
 */
export interface ModelRow {
  /**
   * Catalog id.
   */
  id: ModelId
  /**
   * Family, the folder of the file.
   */
  family: string
  /**
   * Name that people use.
   */
  name: string
  /**
   * Who trained it; absent: as the family says.
   */
  publisher: string
  /**
   * SPDX id where there is one, else LicenseRef-name; absent: as the family says.
   */
  licence: string
  /**
   * Month or day of release, YYYY-MM or YYYY-MM-DD.
   */
  release: string
  /**
   * What it is for.
   */
  kind: 'chat' | 'embedding'
  /**
   * One line of plain text for people.
   */
  description: string
  /**
   * All parameters of the language model, tied weights counted once.
   */
  parameters: number
  /**
   * Parameters used per token (mixture of experts).
   */
  active_parameters?: number
  architecture: Architecture
  context: ContextRow
  /**
   * What goes in and out.
   *
   * @minItems 1
   *
   * Items: A kind of input or output.
   */
  modalities: ('text' | 'image_in' | 'audio_in' | 'video_in')[]
  /**
   * no: never; hybrid: can be switched; yes: always.
   */
  thinking: 'no' | 'hybrid' | 'yes'
  /**
   * Whether the official chat template supports tools; null when copies of it disagree.
   */
  tools: boolean | null
  /**
   * Format of tool calls; absent: as the family says.
   */
  tool_call_format?: string
  /**
   * Tier, computed from the evidence.
   */
  tier: TierId
  quality?: QualityRow
  /**
   * Builds, best quantization first.
   */
  builds: BuildRow[]
}
/**
 * The model's shape under GGUF's own key names: the architecture prefix and the group 'attention.' are dropped, other groups keep theirs.
 */
export interface Architecture {
  /**
   * llama.cpp architecture name.
   */
  'general.architecture': string
  /**
   * Entries of tokenizer.ggml.tokens, which is the number of rows of token_embd.
   */
  vocab_size: number
  /**
   * True when the file has no output.weight and token_embd serves as the output layer. Not a GGUF key.
   */
  tied_embeddings: boolean
  /**
   * Transformer blocks, including blocks that only predict further tokens (nextn_predict_layers).
   */
  block_count: number
  /**
   * Trained context length, in tokens.
   */
  context_length: number
  /**
   * Width of the residual stream, in elements.
   */
  embedding_length: number
  /**
   * Width of the dense feed-forward layer, in elements; a list where it differs by block.
   */
  feed_forward_length?: number | number[]
  /**
   * Query heads of an attention block; a list where it differs by block.
   */
  head_count?: number | number[]
  /**
   * Key and value heads; a list where it differs by block, 0 where a block has no attention.
   */
  head_count_kv?: number | number[]
  /**
   * Length of one key head, in elements.
   */
  key_length?: number
  /**
   * Length of one value head, in elements.
   */
  value_length?: number
  /**
   * Length of one key head in sliding-window blocks, in elements.
   */
  key_length_swa?: number
  /**
   * Length of one value head in sliding-window blocks, in elements.
   */
  value_length_swa?: number
  /**
   * Length of one key head after expansion (multi-head latent attention), in elements.
   */
  key_length_mla?: number
  /**
   * Length of one value head after expansion (multi-head latent attention), in elements.
   */
  value_length_mla?: number
  /**
   * Rank of the compressed query (multi-head latent attention).
   */
  q_lora_rank?: number
  /**
   * Rank of the compressed keys and values (multi-head latent attention).
   */
  kv_lora_rank?: number
  /**
   * Heads of the sparse-attention indexer.
   */
  'indexer.head_count'?: number
  /**
   * Length of one indexer key, in elements.
   */
  'indexer.key_length'?: number
  /**
   * Tokens that the sparse-attention indexer keeps.
   */
  'indexer.top_k'?: number
  /**
   * Tokens that a sliding-window block attends to.
   */
  sliding_window?: number
  /**
   * Which blocks have the sliding window: a period, or one flag per block (true: windowed).
   */
  sliding_window_pattern?: number | boolean[]
  /**
   * Blocks at the end that reuse the cache of an earlier block.
   */
  shared_kv_layers?: number
  /**
   * Width of the per-layer embedding, in elements (gemma3n, gemma4).
   */
  embedding_length_per_layer_input?: number
  /**
   * Parallel residual streams (gemma3n).
   */
  'altup.num_inputs'?: number
  /**
   * Rank of the learned augmented residual (gemma3n). Not a GGUF key.
   */
  laurel_rank?: number
  /**
   * Experts of a mixture-of-experts block.
   */
  expert_count?: number
  /**
   * Experts that each token is routed to.
   */
  expert_used_count?: number
  /**
   * Experts that every token uses.
   */
  expert_shared_count?: number
  /**
   * Width of one expert, in elements.
   */
  expert_feed_forward_length?: number
  /**
   * Width of the shared expert, in elements.
   */
  expert_shared_feed_forward_length?: number
  /**
   * Blocks at the start without experts.
   */
  leading_dense_block_count?: number
  /**
   * Every how many blocks experts stand.
   */
  interleave_moe_layer_step?: number
  /**
   * Blocks at the end for multi-token prediction, which llama.cpp does not load.
   */
  nextn_predict_layers?: number
  /**
   * Every how many blocks full attention stands between linear-attention blocks.
   */
  full_attention_interval?: number
  /**
   * Rotated elements of a head.
   */
  'rope.dimension_count'?: number
  /**
   * Rotated elements of a head in sliding-window blocks.
   */
  'rope.dimension_count_swa'?: number
  /**
   * Context length before rope scaling, in tokens; present where the file carries rope factors.
   */
  'rope.scaling.original_context_length'?: number
  /**
   * Length of the convolution of a state-space block.
   */
  'ssm.conv_kernel'?: number
  /**
   * Inner width of a state-space block, in elements.
   */
  'ssm.inner_size'?: number
  /**
   * State size of a state-space block.
   */
  'ssm.state_size'?: number
  /**
   * Groups of a state-space block.
   */
  'ssm.group_count'?: number
  /**
   * Time-step rank (heads) of a state-space block.
   */
  'ssm.time_step_rank'?: number
  /**
   * Length of the short convolution (lfm2).
   */
  'shortconv.l_cache'?: number
  /**
   * True when the query, key and value projections have biases. Not a GGUF key; absent: as usual for the architecture.
   */
  attention_bias?: boolean
}
/**
 * Context lengths, in tokens.
 */
export interface ContextRow {
  /**
   * Trained, native length.
   */
  max: number
  /**
   * What a user gets unless they ask; absent: the smaller of max and 32768.
   */
  default: number
  /**
   * Documented length beyond max.
   */
  extended?: {
    /**
     * Tokens.
     */
    max: number
    /**
     * How it is reached.
     */
    method: string
  }
}
/**
 * Quality index; see the model's quality.
 */
export interface QualityRow {
  /**
   * Quality index, 0 to 100; llama3.1:8b is 30 and qwen3:32b thinking is 60. Gaps under 3 points are ties.
   */
  index: number
  /**
   * Standard error of the index, in points.
   */
  standard_error: number
  /**
   * measured: at least three third-party rows that removed half of the prior variance; mostly_prior: otherwise.
   */
  basis: 'measured' | 'mostly_prior'
  /**
   * Mode that the index is for.
   */
  mode?: 'thinking_on' | 'thinking_off'
  /**
   * Index with thinking, 0 to 100.
   */
  thinking_on?: number
  /**
   * Index without thinking, 0 to 100.
   */
  thinking_off?: number
}
/**
 * One build with its size.
 */
export interface BuildRow {
  /**
   * Label.
   */
  quantization: QuantizationId
  /**
   * Size of all files, in bytes.
   */
  bytes: number
  /**
   * exact: a source states it; shown: rounded by the source; computed: from architecture and quantization mix.
   */
  bytes_basis: 'exact' | 'shown' | 'computed'
  /**
   * Offered first.
   */
  default: boolean
  /**
   * Tag in the Ollama library with the same weights.
   */
  ollama_tag?: string
  /**
   * Size of the vision or audio projector, in bytes.
   */
  projector_bytes?: number
}
/**
 * Where one build's files are: the GGUF mapping.
 */
export interface GgufRow {
  /**
   * Label.
   */
  quantization: QuantizationId
  /**
   * Hugging Face repository, owner/name.
   */
  repo?: string
  /**
   * Commit that sha256 belongs to.
   */
  revision?: string
  /**
   * Parts in order; empty where only the Ollama library has the build.
   */
  files: GgufFile[]
  /**
   * Tag in the Ollama library that holds the same weights.
   */
  ollama_tag?: string
  /**
   * Other tags with the same digest.
   *
   * Items: Tag in the Ollama library that holds the same weights.
   */
  ollama_aliases?: string[]
  /**
   * Bytes of the model layer behind the tag.
   */
  ollama_bytes?: number
  /**
   * SHA-256 of the file, 64 lower-case hex digits.
   */
  ollama_sha256?: string
  projector?: GgufProjector
  /**
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  source: string
}
/**
 * One file.
 */
export interface GgufFile {
  /**
   * Path below the repository's root.
   */
  name: string
  /**
   * Exact bytes.
   */
  bytes?: number
  /**
   * SHA-256 of the file, 64 lower-case hex digits.
   */
  sha256?: string
}
/**
 * Projector file (mmproj).
 */
export interface GgufProjector {
  /**
   * Path.
   */
  name: string
  /**
   * Bytes.
   */
  bytes?: number
}
/**
 * What show prints beside the facts: evidence, tier reason, sources.
 */
export interface DetailRow {
  /**
   * Hugging Face repository, owner/name.
   */
  repo?: string
  /**
   * Other names of the same weights.
   */
  aliases: string[]
  /**
   * Which evidence decided the tier.
   */
  tier_reason: string
  /**
   * Observations of tool calling.
   */
  evidence: Evidence[]
  quality?: Quality
  /**
   * Where the facts were read.
   */
  sources: Source[]
  /**
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  context_default_source?: string
  /**
   * One line of plain text for people.
   */
  note?: string
}
/**
 * One dated, sourced observation of tool calling.
 */
export interface Evidence {
  /**
   * What was observed.
   */
  kind: 'benchmark' | 'support_flag' | 'known_issue' | 'conformance'
  /**
   * Benchmark with version, flag, conformance suite, or repository#number of an issue.
   */
  name: string
  /**
   * Which figure of it.
   */
  metric?: string
  /**
   * Percent from 0 to 100 for a score (points for format_sensitivity_*), true or false for a flag; absent for an issue.
   */
  value?: number | boolean
  /**
   * fc: tools passed as tools; prompt: tools described in the prompt.
   */
  mode?: 'fc' | 'prompt'
  /**
   * Whether the model was thinking.
   */
  thinking?: boolean
  /**
   * Runtime that was observed.
   */
  runtime?: string
  /**
   * Quantization that was observed, as the source names it.
   */
  quantization?: string
  /**
   * State of a known issue.
   */
  state?: 'open' | 'closed'
  /**
   * How bad a known issue is, worst first.
   */
  severity?: 'no_tools' | 'broken_format' | 'unreliable' | 'minor'
  /**
   * Calendar date, YYYY-MM-DD.
   */
  date: string
  /**
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  source: string
  /**
   * One line of plain text for people.
   */
  note?: string
}
/**
 * How good the answers are: one number from many boards.
 */
export interface Quality {
  /**
   * Quality index, 0 to 100; llama3.1:8b is 30 and qwen3:32b thinking is 60. Gaps under 3 points are ties.
   */
  index: number
  /**
   * Standard error of the index, in points.
   */
  standard_error: number
  /**
   * measured: at least three third-party rows that removed half of the prior variance; mostly_prior: otherwise.
   */
  basis: 'measured' | 'mostly_prior'
  /**
   * Mode that the index is for.
   */
  mode?: 'thinking_on' | 'thinking_off'
  /**
   * Index with thinking, 0 to 100.
   */
  thinking_on?: number
  /**
   * Index without thinking, 0 to 100.
   */
  thinking_off?: number
  /**
   * Benchmark rows behind the index.
   */
  rows: number
  /**
   * Rows of them that the publisher did not report itself.
   */
  third_party_rows: number
  /**
   * Boards behind the index, for attribution.
   *
   * Items: One board behind the index.
   */
  boards: {
    /**
     * Name of the board.
     */
    name: string
    /**
     * Calendar date, YYYY-MM-DD.
     */
    date: string
    /**
     * Rows taken from it.
     */
    rows: number
    /**
     * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
     */
    source: string
  }[]
}
/**
 * Where facts of this entry were read.
 */
export interface Source {
  /**
   * Which groups of facts it backs.
   *
   * @minItems 1
   *
   * Items: A group of facts.
   */
  facts: (
    | 'publisher'
    | 'licence'
    | 'release'
    | 'parameters'
    | 'architecture'
    | 'context'
    | 'modalities'
    | 'thinking'
    | 'tools'
    | 'tool_call_format'
    | 'quality'
    | 'memory'
    | 'bandwidth'
    | 'builds'
  )[]
  /**
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  url: string
  /**
   * Calendar date, YYYY-MM-DD.
   */
  checked: string
  /**
   * One line of plain text for people.
   */
  note?: string
}
/**
 * One quantization.
 */
export interface QuantizationRow {
  id: QuantizationId
  /**
   * One line of plain text for people.
   */
  description: string
  /**
   * GGML type of most tensors.
   */
  tensor_type: string
  /**
   * Exact bits per weight of that type, from its block layout.
   */
  tensor_bits_per_weight: number
  /**
   * Measured average over a whole file (Llama 3.1 8B unless noted), in bits.
   */
  bits_per_weight?: number
  /**
   * Number of the file type in general.file_type (llama_ftype).
   */
  file_type?: number
  /**
   * Rating of what is kept of the full model, 1 to 5.
   */
  quality: number
  /**
   * The rating in words: 1 Low, 2 Medium-Low, 3 Balanced, 4 High, 5 Highest.
   */
  quality_label: 'Low' | 'Medium-Low' | 'Balanced' | 'High' | 'Highest'
  /**
   * Mean KL divergence from the full model, in nats (Llama 3 8B, Wikitext-2).
   */
  kl_divergence: number
  /**
   * measured: for this quantization; interpolated: from its neighbours by bits per weight; inherited: taken from kl_divergence_of.
   */
  kl_divergence_basis: 'measured' | 'interpolated' | 'inherited'
  /**
   * A GGUF type label as on disk, defined in catalog/quantizations.yaml.
   */
  kl_divergence_of?: string
  /**
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  source: string
  /**
   * One line of plain text for people.
   */
  note?: string
}
/**
 * One tier.
 */
export interface TierRow {
  id: TierId
  /**
   * Name for people.
   */
  name: string
  /**
   * One line of plain text for people.
   */
  description: string
  /**
   * Badge text for existing clients.
   */
  badge: string
  /**
   * One line of plain text for people.
   */
  rule: string
}
/**
 * Thresholds of the rule; src/tiers applies it.
 */
export interface TierRule {
  /**
   * Berkeley Function Calling Leaderboard, fc mode, mean of its versions, in percent; vendors' own figures do not count.
   */
  bfcl: {
    /**
     * Metrics.
     *
     * @minItems 1
     *
     * Items: Thresholds of one metric.
     */
    metrics: {
      /**
       * Name of the metric.
       */
      metric: string
      /**
       * At least this is good, percent.
       */
      good: number
      /**
       * At least this is fair, percent.
       */
      fair: number
      /**
       * Metrics whose mean stands in where nobody measured this one.
       *
       * @minItems 1
       *
       * Items: A metric that stands in.
       */
      instead?: string[]
    }[]
    /**
     * How many of the metrics must reach the line.
     */
    metrics_needed: number
  }
  /**
   * Other boards that count.
   *
   * Items: Another board in fc mode.
   */
  other_boards: {
    /**
     * Evidence name.
     */
    name: string
    /**
     * Metrics whose mean counts.
     *
     * @minItems 1
     *
     * Items: Metric whose mean counts.
     */
    metrics: string[]
    /**
     * At least this is strong, percent.
     */
    strong: number
    /**
     * At least this is weak but useful, percent.
     */
    weak: number
  }[]
  /**
   * How many other boards must be strong for verified.
   */
  strong_boards_for_verified: number
  /**
   * A model that nobody measured needs at least this many parameters to be compatible.
   */
  minimum_parameters_unmeasured: number
}
/**
 * One provider.
 */
export interface ProviderRow {
  /**
   * Id in commands and JSON.
   */
  id: ProviderId
  /**
   * Name for people.
   */
  name: string
  /**
   * API that it speaks.
   */
  api_style: 'ollama' | 'lmstudio' | 'openai'
  /**
   * Default port.
   */
  port: number
  /**
   * Other ports it may listen on.
   *
   * Items: Another port it may listen on.
   */
  other_ports?: number[]
  /**
   * Environment variable with its address.
   */
  url_variable?: string
  /**
   * Environment variable with its token.
   */
  token_variable?: string
  /**
   * True where llm-almanac can list, install and remove models; false: only recognised.
   */
  managed: boolean
  /**
   * Where it keeps models, below the user's home or the named variable.
   */
  models_directory?: {
    /**
     * On Linux.
     */
    linux: string
    /**
     * On macOS.
     */
    darwin: string
    /**
     * On Windows.
     */
    win32: string
  }
  /**
   * One line of plain text for people.
   */
  start_hint?: string
  /**
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  source: string
}
/**
 * One GPU.
 */
export interface GpuRow {
  /**
   * Id, kebab-case; the vendor is the file's name.
   */
  id: GpuId
  /**
   * Name as the driver prints it, without the vendor.
   */
  name: string
  /**
   * Other names that drivers print, sorted.
   *
   * Items: Another name that drivers print.
   */
  aliases?: string[]
  /**
   * Memory on the card (or the largest shared memory), in bytes.
   */
  memory_bytes: number
  /**
   * dedicated: memory of its own; unified: shared with the processor.
   */
  memory_kind: 'dedicated' | 'unified'
  /**
   * Peak memory bandwidth, in bytes per second.
   */
  memory_bandwidth_bytes_per_s?: number
  /**
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  source: string
  /**
   * One line of plain text for people.
   */
  note?: string
  /**
   * Vendor, the file's name.
   */
  vendor: string
}
