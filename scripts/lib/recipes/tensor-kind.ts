/** What a tensor is to bartowski's rules, which tell more kinds apart than llama.cpp's. */
export type TensorKind = (typeof NAMES)[number][1] | 'ssm_ba' | 'other'

/** Parts of names in the order in which the branch looks for them; shared experts before dense layers. */
const NAMES = [
  ['attn_qkv.weight', 'attn_qkv'],
  ['attn_kv_b.weight', 'attn_kv_b'],
  ['attn_v.weight', 'attn_v'],
  ['attn_k.weight', 'attn_k'],
  ['attn_q.weight', 'attn_q'],
  ['attn_kv_a_mqa.weight', 'attn_kv_a_mqa'],
  ['attn_q_a.weight', 'attn_q_a'],
  ['attn_q_b.weight', 'attn_q_b'],
  ['attn_k_b.weight', 'attn_k_b'],
  ['attn_v_b.weight', 'attn_v_b'],
  ['attn_output.weight', 'attn_output'],
  ['ffn_down_exps', 'ffn_down_exps'],
  ['ffn_gate_exps', 'ffn_gate_exps'],
  ['ffn_up_exps', 'ffn_up_exps'],
  ['ffn_gate_up_exps', 'ffn_gate_up_exps'],
  ['ffn_down_shexp', 'ffn_down_shexp'],
  ['ffn_gate_shexp', 'ffn_gate_shexp'],
  ['ffn_up_shexp', 'ffn_up_shexp'],
  ['ssm_out.weight', 'ssm_out'],
  ['ffn_up', 'ffn_up'],
  ['ffn_gate', 'ffn_gate'],
  ['ffn_down', 'ffn_down'],
] as const

const STATE_GATES = ['ssm_ba.weight', 'ssm_alpha.weight', 'ssm_beta.weight']

export function tensorKind(name: string): TensorKind {
  if (STATE_GATES.some((part) => name.includes(part))) return 'ssm_ba'
  return NAMES.find(([part]) => name.includes(part))?.[1] ?? 'other'
}
