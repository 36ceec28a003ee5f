/** What a tensor does, as far as the quantizer's rules care. */
export type Role =
  | 'token_embd'
  | 'output'
  | 'attn_v'
  | 'attn_qkv'
  | 'attn_kv_b'
  | 'attn_k'
  | 'attn_q'
  | 'attn_output'
  | 'ffn_up'
  | 'ffn_gate'
  | 'ffn_down'
  | 'other'

/** Parts of names in the order in which llama.cpp looks for them. */
const ROLES_BY_PART: readonly (readonly [string, Role])[] = [
  ['attn_qkv.weight', 'attn_qkv'],
  ['attn_kv_b.weight', 'attn_kv_b'],
  ['attn_v.weight', 'attn_v'],
  ['attn_k.weight', 'attn_k'],
  ['attn_q.weight', 'attn_q'],
  ['attn_output.weight', 'attn_output'],
  ['ffn_up', 'ffn_up'],
  ['ffn_gate', 'ffn_gate'],
  ['ffn_down', 'ffn_down'],
]

/** Role of a tensor. Source: tensor_get_category in src/llama-quant.cpp, llama.cpp v0.5.0. */
export function roleOf(name: string): Role {
  if (name === 'output.weight') return 'output'
  if (name === 'token_embd.weight' || name === 'per_layer_token_embd.weight') return 'token_embd'
  return ROLES_BY_PART.find(([part]) => name.includes(part))?.[1] ?? 'other'
}

/** Values, and the fused tensors that contain them, are the most sensitive part of attention. */
export const holdsValues = (role: Role): boolean =>
  role === 'attn_v' || role === 'attn_qkv' || role === 'attn_kv_b'

/** Parts of names that the quantizer leaves as they are: small, or too sensitive. */
const KEPT = [
  '_norm.weight',
  'ffn_gate_inp.weight',
  'altup',
  'laurel',
  'per_layer_model_proj',
  'ssm_conv1d',
  'shortconv.conv.weight',
  'position_embd',
  'token_types',
]

/**
 * Whether llama-quantize touches a tensor of that name and shape.
 *
 * Source: tensor_allows_quantization in src/llama-quant.cpp, llama.cpp v0.5.0.
 */
export function isQuantizable(name: string, shape: readonly number[]): boolean {
  const isMatrix = shape.some((length, dimension) => dimension > 0 && length > 1)
  if (!isMatrix || !name.endsWith('weight')) return false
  return !KEPT.some((part) => name.includes(part))
}
