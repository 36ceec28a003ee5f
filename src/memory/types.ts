import type { Architecture } from '../../generated/types.js'
import type { KnownWeights } from './known-weights.js'

/** Types of a cache that llama.cpp accepts for `-ctk` and `-ctv`. */
export type KvType = 'f32' | 'f16' | 'bf16' | 'q8_0' | 'q5_1' | 'q5_0' | 'q4_1' | 'q4_0' | 'iq4_nl'

/**
 * Bytes of a model's tensors, grouped as llama.cpp places them. All figures are what the tensors take in
 * the file; blocks that llama.cpp does not load (`nextn_predict_layers`) are in `unloaded_bytes` only.
 */
export interface WeightLayout {
  /** `exact`: from a header or a known mix; `scaled`: the file's size shared out over the tensors. */
  basis: 'exact' | 'scaled'
  /** `token_embd.weight`, always on the host. */
  token_embd_bytes: number
  /** `per_layer_token_embd.weight` (gemma3n, gemma4) and `position_embd.weight` (gpt2), always on the host; else 0. */
  per_layer_token_embd_bytes: number
  /** `output.weight`; 0 where the embeddings are tied. */
  output_bytes: number
  /** Norms, rope factors and whatever else stands outside the blocks and goes to the GPU with the output. */
  other_bytes: number
  /** One entry per loaded block. */
  block_bytes: readonly number[]
  /** Routed experts of each block (`ffn_*_exps`), which `--n-cpu-moe` keeps on the host; contained in `block_bytes`. */
  expert_bytes: readonly number[]
  /** The largest single tensor of each block: what a batch copies over when the block lives on the host. */
  largest_tensor_bytes: readonly number[]
  /** Multi-token-prediction blocks. */
  unloaded_bytes: number
  /** What allocation adds on a CUDA device and in host memory; absent where the types are not known. */
  padding?: { gpu: WeightPadding; host: WeightPadding }
  /**
   * Rope factors, contained in `other_bytes`. Blocks share them: the host has a copy when `first_block`, the
   * first one that uses them, stays there; the GPU has one (`gpu_bytes` with padding) when any block is there.
   */
  rope_factors?: { bytes: number; gpu_bytes: number; first_block: number }
  /** Bytes of one tensor, named without `blk.N.`; block -1 is outside the blocks. Absent where they are not known one by one. */
  tensor_bytes?: (block: number, name: string) => number | undefined
}

/** Bytes that allocation adds to parts of a `WeightLayout` of the same names. */
export interface WeightPadding {
  token_embd_bytes: number
  per_layer_token_embd_bytes: number
  output_bytes: number
  other_bytes: number
  block_bytes: readonly number[]
  expert_bytes: readonly number[]
}

/** What the estimator needs to know of a model. */
export interface ModelMemory {
  readonly architecture: Architecture
  readonly weights: WeightLayout
  /** Sums of `weights` where they are known without laying the tensors out. */
  readonly whole?: KnownWeights | undefined
}

/** How a model is loaded; the names are llama-server's. */
export interface LoadOptions {
  /** Total over all slots, in tokens (`-c`). */
  context: number
  /** Slots (`-np`); default 1. */
  parallel?: number
  /** One cache for all slots (`-kvu`) instead of one stream a slot; default false. */
  kv_unified?: boolean
  /** Physical batch (`-ub`); default 512. */
  ubatch?: number
  /** Logical batch (`-b`); default 2048. */
  batch?: number
  /** Cache types (`-ctk`, `-ctv`); default f16. */
  kv_type_k?: KvType
  kv_type_v?: KvType
  /** Default true: on unless the model cannot. */
  flash_attention?: boolean
  /** Layers on the GPU counted from the end, output included (`-ngl`); default all. */
  gpu_layers?: number | 'all'
  /** First blocks whose experts stay on the host (`--n-cpu-moe`); default 0. */
  cpu_moe_layers?: number
  /** `server`: one row of logits a slot; `all`: a row for every token of a batch (library default, older servers). */
  logits?: 'server' | 'all'
}

/** One side of an estimate, in bytes. */
export interface MemorySide {
  weights_bytes: number
  kv_cache_bytes: number
  recurrent_state_bytes: number
  compute_bytes: number
  total_bytes: number
}

/** What llama.cpp allocates; the JSON of `estimate --json` without the model's name. */
export interface MemoryEstimate {
  architecture: string
  context: number
  parallel: number
  ubatch: number
  kv_type_k: KvType
  kv_type_v: KvType
  /** Whether it is really on: some models cannot. */
  flash_attention: boolean
  gpu_layers: number | 'all'
  gpu: MemorySide
  host: MemorySide
  basis: { llama_cpp: string; assumptions: string[] }
}
