// Made from schema/ by `npm run generate`. Do not edit: change the source and run it again.

/**
 * One model; the path of the file is its id: catalog/models/qwen3/8b.yaml is qwen3:8b.
 */
export interface ModelFile {
  /**
   * Name that people use.
   */
  name: string
  /**
   * What it is for.
   */
  kind: 'chat' | 'embedding'
  /**
   * One line of plain text for people.
   */
  description?: string
  /**
   * Hugging Face repository, owner/name.
   */
  repo?: string
  /**
   * Who trained it; absent: as the family says.
   */
  publisher?: string
  /**
   * SPDX id where there is one, else LicenseRef-name; absent: as the family says.
   */
  licence?: string
  /**
   * Month or day of release, YYYY-MM or YYYY-MM-DD.
   */
  release: string
  /**
   * All parameters of the language model, tied weights counted once.
   */
  parameters: number
  /**
   * Parameters used per token (mixture of experts).
   */
  active_parameters?: number
  architecture: Architecture
  /**
   * Context lengths, in tokens.
   */
  context: {
    /**
     * Trained, native length.
     */
    max: number
    /**
     * What a user gets unless they ask; absent: the smaller of max and 32768.
     */
    default?: number
    /**
     * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
     */
    default_source?: string
    /**
     * Length beyond max that the vendor documents.
     */
    extended?: {
      /**
       * Extended length, in tokens.
       */
      max: number
      /**
       * How it is reached.
       */
      method: 'yarn' | 'linear' | 'longrope' | 'ntk' | 'none'
      /**
       * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
       */
      source?: string
    }
  }
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
   * Other names of the same weights, sorted.
   *
   * Items: Another name of the same weights.
   */
  aliases?: string[]
  quality?: Quality
  /**
   * Observations of tool calling; the tier is computed from them.
   */
  evidence?: Evidence[]
  /**
   * Published builds, sorted as in catalog/quantizations.yaml.
   *
   * @minItems 1
   */
  builds?: Build[]
  /**
   * Where the facts were read.
   *
   * @minItems 1
   */
  sources: Source[]
  /**
   * One line of plain text for people.
   */
  note?: string
  /**
   * A model in Ollama's spelling, family:size; the path in catalog/models gives it.
   */
  moved_to?: string
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
 * One model in one quantization: its files and where they are.
 */
export interface Build {
  /**
   * A GGUF type label as on disk, defined in catalog/quantizations.yaml.
   */
  quantization: string
  /**
   * True for the one build that is offered first.
   */
  default?: boolean
  /**
   * Hugging Face repository, owner/name.
   */
  repo?: string
  /**
   * Commit of the repository that sha256 belongs to.
   */
  revision?: string
  /**
   * File or parts, in order.
   *
   * @minItems 1
   *
   * Items: One file; split builds list every part in order.
   */
  files?: {
    /**
     * Path below the repository's root.
     */
    name: string
    /**
     * Exact size of the file, in bytes.
     */
    bytes?: number
    /**
     * SHA-256 of the file, 64 lower-case hex digits.
     */
    sha256?: string
  }[]
  /**
   * Exact size where no file is known but a registry states it, in bytes.
   */
  bytes?: number
  /**
   * Rounded size of all parts as the source shows it, with its unit: GB is 10^9, GiB is 2^30.
   */
  bytes_shown?: string
  /**
   * Tag in the Ollama library that holds the same weights.
   */
  ollama_tag?: string
  /**
   * Other tags of the Ollama library with the same digest, sorted.
   *
   * Items: Tag in the Ollama library that holds the same weights.
   */
  ollama_aliases?: string[]
  /**
   * Exact size of the model layer behind the Ollama tag, in bytes.
   */
  ollama_bytes?: number
  /**
   * SHA-256 of the file, 64 lower-case hex digits.
   */
  ollama_sha256?: string
  /**
   * Vision or audio projector (mmproj) that belongs to the build.
   */
  projector?: {
    /**
     * Path below the repository's root.
     */
    name: string
    /**
     * Exact size, in bytes.
     */
    bytes?: number
    /**
     * Rounded size as shown, with its unit.
     */
    bytes_shown?: string
  }
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
 * What all sizes of a family share: catalog/models/<family>/family.yaml.
 */
export interface FamilyFile {
  /**
   * Name that people use.
   */
  name: string
  /**
   * One line of plain text for people.
   */
  description: string
  /**
   * Who trained it.
   */
  publisher: string
  /**
   * SPDX id where there is one, else LicenseRef-name.
   */
  licence: string
  /**
   * Format of tool calls.
   */
  tool_call_format?: string
  /**
   * Name of the family's page in the Ollama library.
   */
  ollama_library?: string
  /**
   * Where the facts were read.
   *
   * @minItems 1
   */
  sources: Source[]
  /**
   * One line of plain text for people.
   */
  note?: string
}
/**
 * GGUF quantizations in their order of quality: catalog/quantizations.yaml.
 */
export interface QuantizationsFile {
  /**
   * Quantizations, best first (by kl_divergence, ascending).
   *
   * @minItems 1
   *
   * Items: One quantization.
   */
  quantizations: {
    /**
     * A GGUF type label as on disk, defined in catalog/quantizations.yaml.
     */
    id: string
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
  }[]
}
/**
 * Tool-calling tiers and the rule that gives them: catalog/tiers.yaml.
 */
export interface TiersFile {
  /**
   * Tiers, best first.
   *
   * @minItems 3
   * @maxItems 3
   *
   * Items: One tier.
   */
  tiers: {
    /**
     * How reliably a model calls tools.
     */
    id: 'verified' | 'compatible' | 'experimental'
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
  }[]
  /**
   * Thresholds of the rule; src/tiers applies it.
   */
  rule: {
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
   * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
   */
  source?: string
}
/**
 * Local servers that hold models: catalog/providers.yaml.
 */
export interface ProvidersFile {
  /**
   * Context length for a model of which nothing is known, in tokens.
   */
  default_context: number
  /**
   * Context length that a model gets by default, in tokens, unless its maximum is less or its file says another.
   */
  usual_context: number
  /**
   * Providers in the order they are asked.
   *
   * @minItems 1
   *
   * Items: One provider.
   */
  providers: {
    /**
     * Id in commands and JSON.
     */
    id: string
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
  }[]
}
/**
 * GPUs of one vendor: catalog/gpus/<vendor>.yaml.
 */
export interface GpusFile {
  /**
   * GPUs, sorted by id.
   *
   * @minItems 1
   *
   * Items: One GPU.
   */
  gpus: {
    /**
     * Id, kebab-case; the vendor is the file's name.
     */
    id: string
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
  }[]
}
/**
 * Builds whose size is right although it is not what architecture and quantization give: catalog/size-exceptions.yaml.
 */
export interface SizeExceptionsFile {
  /**
   * Builds, sorted by model, then quantization.
   *
   * Items: One build.
   */
  exceptions: {
    /**
     * A model in Ollama's spelling, family:size; the path in catalog/models gives it.
     */
    model: string
    /**
     * A GGUF type label as on disk, defined in catalog/quantizations.yaml.
     */
    quantization: string
    /**
     * One line of plain text for people.
     */
    reason: string
    /**
     * Where the fact was read: a primary source (vendor, paper, repository at a commit), never a list of lists.
     */
    source: string
  }[]
}
