import type { BlockShape } from '../model-shape.js'
import { attend } from './attention.js'
import type { GraphContext } from './context.js'
import { indexedMask } from './indexer.js'
import type { Tensor } from './tensor.js'

interface Lengths {
  /** Rotated and unrotated part of a head, and a head's value. */
  rope: number
  plain: number
  value: number
  latent: number
}

/** Multi-head latent attention (deepseek2.cpp): compressed keys that serve as values, or expanded ones in older files. */
export function latentAttention(context: GraphContext, x: Tensor, block: BlockShape): Tensor {
  const { g, shape } = context
  const a = shape.architecture
  const rope = a['rope.dimension_count'] ?? 64
  const key = a.key_length_mla ?? block.key_length
  const value = a.value_length_mla ?? block.value_length
  const lengths = { rope, plain: key - rope, value, latent: a.kv_lora_rank ?? 0 }
  const tokens = x.shape[1]
  const row = block.head_count * key
  const narrow = a.q_lora_rank ? g.norm(g.project(x, a.q_lora_rank, 'attn_q_a.weight'), 'attn_q_a_norm') : x
  const name = a.q_lora_rank ? 'attn_q_b.weight' : 'attn_q.weight'
  const mask = context.traits.indexed ? { mask: indexedMask(context, x, { narrow, block }) } : {}
  const query = g.view(g.project(narrow, row, name), [key, block.head_count, tokens])
  const compressed = g.project(x, lengths.latent + rope, 'attn_kv_a_mqa.weight')
  const keyPart = g.inplace([g.view(compressed, [rope, 1, tokens], true), context.inputs.positions(1)])
  const latent = g.norm(g.view(compressed, [lengths.latent, tokens, 1], true), 'attn_kv_a_norm')
  const parts = { query, keyPart, latent }
  const result = shape.latent
    ? compressedAttention(context, parts, { block, lengths, ...mask })
    : expandedAttention(context, parts, { block, lengths })
  return g.project(result, shape.embedding_length, 'attn_output.weight')
}

interface Parts {
  query: Tensor
  keyPart: Tensor
  latent: Tensor
}

interface Sizes {
  block: BlockShape
  lengths: Lengths
  mask?: Tensor
}

function compressedAttention(context: GraphContext, parts: Parts, sizes: Sizes): Tensor {
  const { g, inputs } = context
  const { block, lengths } = sizes
  const heads = block.head_count
  const tokens = parts.query.shape[2]
  const plain = g.view(parts.query, [lengths.plain, tokens, heads], true)
  const absorbed = g.weighted([plain], [lengths.latent, tokens, heads], {
    name: 'attn_k_b.weight',
    elements: lengths.plain * lengths.latent * heads,
    batch: tokens,
    row: lengths.plain,
  })
  const turned = g.view(absorbed, [lengths.latent, heads, tokens], true)
  const rotated = g.inplace([g.view(parts.query, [lengths.rope, heads, tokens], true), inputs.positions(1)])
  const length = lengths.latent + lengths.rope
  const query = g.op([turned, rotated], [length, heads, tokens])
  const value = g.view(parts.latent, [lengths.latent, 1, tokens])
  const key = g.op([value, parts.keyPart], [length, 1, tokens])
  const expand = (result: Tensor) =>
    g.weighted([result], [lengths.value, tokens, heads], {
      name: 'attn_v_b.weight',
      elements: lengths.latent * lengths.value * heads,
      batch: tokens,
      row: lengths.latent,
    })
  const mask = sizes.mask ? { mask: sizes.mask } : {}
  return attend(context, { query, key, value }, block, { valueLength: lengths.latent, expand, ...mask })
}

function expandedAttention(context: GraphContext, parts: Parts, sizes: Sizes): Tensor {
  const { g, inputs } = context
  const { block, lengths } = sizes
  const heads = block.head_count
  const tokens = parts.query.shape[2]
  const all = g.project(parts.latent, heads * (lengths.plain + lengths.value), 'attn_kv_b.weight')
  const value = g.op([g.view(all, [lengths.value, heads, tokens], true)], [lengths.value, heads, tokens])
  const query = g.inplace([parts.query, inputs.positions(1)])
  const repeated = g.op([parts.keyPart], [lengths.rope, heads, tokens])
  const plain = g.view(all, [lengths.plain, heads, tokens], true)
  const key = g.op([plain, repeated], [lengths.plain + lengths.rope, heads, tokens])
  return attend(context, { query, key, value }, block)
}
