/** How a number of the architecture appears: one for all blocks, or a list with one for each as well. */
type Kind = 'number' | 'per_block'

/** Keys below `ARCH.` whose names stay as they are. */
const PLAIN: readonly (readonly [string, Kind])[] = [
  ['feed_forward_length', 'per_block'],
  ['expert_count', 'number'],
  ['expert_used_count', 'number'],
  ['expert_shared_count', 'number'],
  ['expert_feed_forward_length', 'number'],
  ['expert_shared_feed_forward_length', 'number'],
  ['leading_dense_block_count', 'number'],
  ['interleave_moe_layer_step', 'number'],
  ['nextn_predict_layers', 'number'],
  ['full_attention_interval', 'number'],
  ['embedding_length_per_layer_input', 'number'],
  ['altup.num_inputs', 'number'],
  ['rope.dimension_count', 'number'],
  ['rope.dimension_count_swa', 'number'],
  ['rope.scaling.original_context_length', 'number'],
  ['ssm.conv_kernel', 'number'],
  ['ssm.inner_size', 'number'],
  ['ssm.state_size', 'number'],
  ['ssm.group_count', 'number'],
  ['ssm.time_step_rank', 'number'],
  ['shortconv.l_cache', 'number'],
]

/** Keys below `ARCH.attention.`; the group is dropped from their names. */
const ATTENTION: readonly (readonly [string, Kind])[] = [
  ['head_count', 'per_block'],
  ['head_count_kv', 'per_block'],
  ['key_length', 'number'],
  ['value_length', 'number'],
  ['key_length_swa', 'number'],
  ['value_length_swa', 'number'],
  ['key_length_mla', 'number'],
  ['value_length_mla', 'number'],
  ['q_lora_rank', 'number'],
  ['kv_lora_rank', 'number'],
  ['indexer.head_count', 'number'],
  ['indexer.key_length', 'number'],
  ['indexer.top_k', 'number'],
  ['sliding_window', 'number'],
  ['shared_kv_layers', 'number'],
]

/** Every optional key of an architecture: our name, the path in the file below the prefix, its form. */
export const ARCHITECTURE_KEYS: readonly { name: string; path: string; kind: Kind }[] = [
  ...PLAIN.map(([name, kind]) => ({ name, path: name, kind })),
  ...ATTENTION.map(([name, kind]) => ({ name, path: `attention.${name}`, kind })),
]
