import { PLAIN, PLAIN_EXPERTS, type ExpertTraits, type Traits } from './traits.js'

const experts = (differs: Partial<ExpertTraits>): ExpertTraits => ({ ...PLAIN_EXPERTS, ...differs })

/** DeepSeek-V3 and those that follow it: sigmoid scores, a selection bias, scaled weights, a shared expert. */
const SIGMOID_SHARED = experts({
  gate: 'sigmoid',
  selection_bias: true,
  normalize: false,
  shared: 'added',
})

/** The same with weights that are normalized and scaled in operations of their own. */
const DEEPSEEK_V3 = experts({
  gate: 'sigmoid',
  selection_bias: true,
  scale: true,
  shared: 'added',
})

const GEMMA: Partial<Traits> = {
  embedding_scale: 'late',
  query_scale: true,
  post_norm: true,
}

const GRANITE: Partial<Traits> = {
  embedding_scale: 'early',
  residual_scale: true,
  logits: 'scaled',
}

const HYBRID_QWEN: Partial<Traits> = {
  recurrent: 'delta_net',
  convolution_bias: false,
  query_gate: true,
  late_rows: 'normed',
  positions: 4,
  experts: experts({ shared: 'gated' }),
}

const LFM2: Partial<Traits> = {
  recurrent: 'short_convolution',
  qk_norm: 'head',
  residual_first: 'both',
  experts: experts({ gate: 'sigmoid', selection_bias: true }),
}

const NEMOTRON: Partial<Traits> = {
  recurrent: 'mamba2',
  single: true,
  rope: 'none',
  feed_forward: 'plain',
  squared: true,
  late_rows: 'normed',
}

const ENCODER: Partial<Traits> = { special: 'encoder', norm: 'layer_bias', pooling: 'mean' }

/** GPT-2 and those that follow it: layer norms, fused projections and biases everywhere. */
const GPT2: Partial<Traits> = {
  norm: 'layer_bias',
  qkv: 'fused',
  qkv_bias: true,
  output_bias: true,
  rope: 'none',
  position_vectors: true,
  feed_forward: 'plain',
  feed_forward_bias: true,
}

const DIFFERS: Readonly<Record<string, Partial<Traits>>> = {
  llama: {},
  arcee: { feed_forward: 'plain', squared: true },
  exaone: {},
  internlm2: {},
  ernie4_5: {},
  'ernie4_5-moe': { experts: experts({ selection_bias: true, shared: 'added' }) },
  exaone4: { qk_norm: 'head', pre_norm: false, post_norm: true, rope: 'windowed' },
  'hunyuan-dense': { qk_norm: 'rotated' },
  'hunyuan-vl': { qk_norm: 'rotated', positions: 4 },
  'hunyuan-moe': { qk_norm: 'rotated', experts: experts({ shared: 'added' }) },
  dots1: { qk_norm: 'head', experts: SIGMOID_SHARED },
  bailingmoe: { experts: experts({ shared: 'added' }) },
  bailingmoe2: { qkv: 'fused', qk_norm: 'head', experts: DEEPSEEK_V3 },
  apertus: { qk_norm: 'head', feed_forward: 'plain' },
  dbrx: { norm: 'layer', qkv: 'fused', qkv_clamp: true },
  falcon: { norm: 'layer_bias', qkv: 'fused', parallel: 'shared', feed_forward: 'plain' },
  gpt2: GPT2,
  starcoder: GPT2,
  gptneox: { ...GPT2, rope: 'all', position_vectors: false, parallel: 'own' },
  deepseek: { experts: experts({ normalize: false, shared: 'added' }) },
  olmoe: { qk_norm: 'row', experts: experts({ normalize: false }) },
  chatglm: { qkv: 'fused', qkv_bias: true, feed_forward: 'fused' },
  glm4: { feed_forward: 'fused', post_norm: true },
  qwen2vl: { qkv_bias: true, positions: 4 },
  qwen3vl: { qk_norm: 'head', positions: 4, deepstack: 3 },
  qwen3vlmoe: { qk_norm: 'head', positions: 4, deepstack: 3 },
  gemma: { embedding_scale: 'late', query_scale: true },
  granitemoe: GRANITE,
  minicpm: GRANITE,
  starcoder2: {
    norm: 'layer_bias',
    qkv_bias: true,
    output_bias: true,
    feed_forward: 'plain',
    feed_forward_bias: true,
  },
  stablelm: { norm: 'layer_bias' },
  mistral3: {},
  bert: {
    ...ENCODER,
    qkv_bias: true,
    output_bias: true,
    rope: 'none',
    feed_forward: 'plain',
    feed_forward_bias: true,
  },
  'nomic-bert': { ...ENCODER, qkv: 'fused' },
  qwen2: { qkv_bias: true },
  qwen3: { qk_norm: 'head' },
  qwen3moe: { qk_norm: 'head' },
  qwen2moe: { qkv_bias: true, experts: experts({ normalize: false, shared: 'gated' }) },
  seed_oss: { qkv_bias: true },
  smollm3: { rope: 'not_fourth' },
  phi3: { qkv: 'fused', query_scale: true, feed_forward: 'fused', residual_first: 'last' },
  'command-r': { norm: 'layer', qk_norm: 'head_if_deep', parallel: 'shared', logits: 'scaled' },
  cohere2: { norm: 'layer', parallel: 'shared', logits: 'scaled', rope: 'windowed' },
  gemma2: { ...GEMMA, attention_cap: true, logits: 'capped' },
  gemma3: { ...GEMMA, qk_norm: 'head' },
  gemma4: {
    special: 'gemma4',
    embedding_scale: 'late',
    qk_norm: 'head',
    value_norm: true,
    late_rows: 'normed',
    logits: 'capped',
    experts: experts({ merged: true, down_scale: true }),
  },
  gemma3n: {
    special: 'gemma3n',
    embedding_scale: 'late',
    qk_norm: 'head',
    value_norm: true,
    logits: 'capped',
  },
  olmo2: { qk_norm: 'row', pre_norm: false, post_norm: true },
  granitehybrid: {
    recurrent: 'mamba2',
    rope: 'none',
    embedding_scale: 'early',
    residual_scale: true,
    logits: 'scaled',
    experts: experts({ shared: 'added' }),
  },
  nemotron_h: NEMOTRON,
  mamba2: { recurrent: 'mamba2', single: true, rope: 'none' },
  nemotron_h_moe: {
    ...NEMOTRON,
    experts: experts({
      gate: 'sigmoid',
      selection_bias: true,
      scale: true,
      gated: false,
      shared: 'added',
    }),
  },
  qwen35: HYBRID_QWEN,
  qwen35moe: HYBRID_QWEN,
  qwen3next: { ...HYBRID_QWEN, repeated_keys: true, positions: 1 },
  lfm2: LFM2,
  lfm2moe: LFM2,
  deepseek2: { attention: 'latent', experts: SIGMOID_SHARED },
  deepseek32: { attention: 'latent', indexed: true, experts: DEEPSEEK_V3 },
  granite: GRANITE,
  'gpt-oss': {
    qkv_bias: true,
    output_bias: true,
    sinks: true,
    late_rows: 'raw',
    experts: experts({ gate: 'softmax_weight', normalize: false, bias: true }),
  },
  glm4moe: { qk_norm: 'head', qkv_bias: true, experts: SIGMOID_SHARED },
  'minimax-m2': {
    qk_norm: 'row',
    experts: experts({ gate: 'sigmoid', selection_bias: true }),
  },
  llama4: {
    qk_norm: 'unweighted',
    rope: 'not_fourth',
    position_scale: 'unrotated',
    experts: experts({ gate: 'sigmoid', normalize: false, weight_first: true, shared: 'added' }),
  },
}

const cache = new Map<string, Traits>()

/** Traits of an architecture; `null` where nobody has read its graph. */
export function traitsOf(name: string): Traits | null {
  const known = cache.get(name)
  if (known) return known
  const differs = Object.hasOwn(DIFFERS, name) ? DIFFERS[name] : undefined
  if (!differs) return null
  const traits = { ...PLAIN, ...differs }
  cache.set(name, traits)
  return traits
}
