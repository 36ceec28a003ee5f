/** How an architecture's graph differs from the plain one; every field was read in llama.cpp's src/models. */
export interface Traits {
  norm: 'rms' | 'layer' | 'layer_bias'
  /** One matrix for queries, keys and values; `split` copies the three out of its result. */
  qkv: 'separate' | 'fused' | 'split'
  qkv_bias: boolean
  /** Queries, keys and values are clamped. */
  qkv_clamp: boolean
  /** Values are normalized too, without a weight. */
  value_norm: boolean
  /**
   * Norms of queries and keys: over each head (`head_if_deep`: in models of 64 blocks and more), over the whole row
   * before it is cut into heads, or after rotation.
   */
  qk_norm: 'none' | 'head' | 'head_if_deep' | 'row' | 'rotated' | 'unweighted'
  /** Which blocks rotate queries and keys. */
  rope: 'all' | 'windowed' | 'not_fourth' | 'none'
  /** Queries are multiplied by a constant in an operation of its own. */
  query_scale: boolean
  /** Queries of blocks without rotation are scaled by position. */
  position_scale: 'none' | 'unrotated' | 'all'
  /** Half of the query projection gates the attention's result. */
  query_gate: boolean
  output_bias: boolean
  /** No norm before attention and feed-forward. */
  pre_norm: boolean
  post_norm: boolean
  /** The feed-forward layer reads the same norm as the attention, or one of its own beside it. */
  parallel: 'none' | 'shared' | 'own'
  residual_scale: boolean
  feed_forward: 'gated' | 'fused' | 'plain'
  feed_forward_bias: boolean
  /** The activation is squared in an operation of its own. */
  squared: boolean
  experts: ExpertTraits
  /** What mixes tokens in blocks with a recurrent state. */
  recurrent: 'none' | 'mamba2' | 'delta_net' | 'short_convolution'
  ssm_norm: boolean
  convolution_bias: boolean
  /** Keys and queries of a delta net are repeated for every head; gates come from one projection. */
  repeated_keys: boolean
  attention: 'heads' | 'latent'
  /** Attention is sparse: an indexer chooses the cells. */
  indexed: boolean
  /** Blocks that are unlike all others. */
  special: 'none' | 'gemma4' | 'gemma3n' | 'encoder'
  /** What encoders make of the vectors of all tokens. */
  pooling: 'none' | 'mean'
  /** A block is one layer: attention, recurrent or feed-forward. */
  single: boolean
  /** The embedding is multiplied by a constant: at once, or where it is first read. */
  embedding_scale: 'none' | 'early' | 'late'
  embedding_norm: boolean
  /** Learned vectors of positions are added to the tokens'. */
  position_vectors: boolean
  /** Every head has a learned sink. */
  sinks: boolean
  /** Scores are squeezed by tanh where flash attention is off. */
  attention_cap: boolean
  logits: 'plain' | 'scaled' | 'capped'
  /** Rows without logits are dropped after the last block, not within it: before or after the last norm. */
  late_rows: 'no' | 'raw' | 'normed'
  /** The sum after the feed-forward layer, or after both, names the residual first. */
  residual_first: 'no' | 'last' | 'both'
  /** First blocks that add image features, for which the embedding is wider by as many times. */
  deepstack: number
  /** Position numbers for a token (multi-axis rotation has 4). */
  positions: number
}

export interface ExpertTraits {
  gate: 'softmax' | 'sigmoid' | 'softmax_weight'
  normalize: boolean
  scale: boolean
  /** A bias on the probabilities by which experts are chosen. */
  selection_bias: boolean
  bias: boolean
  /** Weights are applied before the experts (llama4). */
  weight_first: boolean
  shared: 'none' | 'added' | 'gated'
  /** Gate and up projections, or up alone. */
  gated: boolean
  /** Gate and up are one tensor. */
  merged: boolean
  /** Results are multiplied by a factor of the expert's own. */
  down_scale: boolean
}

export const PLAIN_EXPERTS: ExpertTraits = {
  gate: 'softmax',
  normalize: true,
  scale: false,
  selection_bias: false,
  bias: false,
  weight_first: false,
  shared: 'none',
  gated: true,
  merged: false,
  down_scale: false,
}

export const PLAIN: Traits = {
  norm: 'rms',
  qkv: 'separate',
  qkv_bias: false,
  qkv_clamp: false,
  value_norm: false,
  qk_norm: 'none',
  rope: 'all',
  query_scale: false,
  position_scale: 'none',
  query_gate: false,
  output_bias: false,
  pre_norm: true,
  post_norm: false,
  parallel: 'none',
  residual_scale: false,
  feed_forward: 'gated',
  feed_forward_bias: false,
  squared: false,
  experts: PLAIN_EXPERTS,
  recurrent: 'none',
  ssm_norm: true,
  convolution_bias: true,
  repeated_keys: false,
  attention: 'heads',
  indexed: false,
  special: 'none',
  pooling: 'none',
  single: false,
  embedding_scale: 'none',
  embedding_norm: false,
  position_vectors: false,
  sinks: false,
  attention_cap: false,
  logits: 'plain',
  late_rows: 'no',
  residual_first: 'no',
  deepstack: 0,
  positions: 1,
}
