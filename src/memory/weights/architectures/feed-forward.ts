import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import { bias, type ConvertedTensor, matrix, vector } from '../tensor.js'

/** Gate, up and down projection. */
export function gatedFeedForward(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const ff = block.feed_forward_length
  return [matrix('ffn_gate', d, ff), matrix('ffn_up', d, ff), matrix('ffn_down', ff, d)]
}

/** Width of one routed expert, in elements; files without the key use the dense width. */
export const expertWidth = (architecture: Architecture, block: Block): number =>
  architecture.expert_feed_forward_length ?? block.feed_forward_length

/** The router and the stacked routed experts. */
export function routedExperts(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const n = architecture.expert_count ?? 0
  const ff = expertWidth(architecture, block)
  return [
    router(architecture),
    matrix('ffn_gate_exps', d, ff, n),
    matrix('ffn_up_exps', d, ff, n),
    matrix('ffn_down_exps', ff, d, n),
  ]
}

/** The router stays in F32. */
export const router = (architecture: Architecture): ConvertedTensor =>
  vector('ffn_gate_inp.weight', architecture.embedding_length, architecture.expert_count ?? 0)

/** Correction of the router's scores (sigmoid routing). */
export const routerBias = (architecture: Architecture): ConvertedTensor =>
  bias('exp_probs_b', architecture.expert_count ?? 0)

/** Width of the expert that every token passes, in elements; 0 where there is none. */
export function sharedExpertWidth(architecture: Architecture, block: Block): number {
  return (
    architecture.expert_shared_feed_forward_length ??
    expertWidth(architecture, block) * (architecture.expert_shared_count ?? 0)
  )
}

export function sharedExpert(architecture: Architecture, block: Block): ConvertedTensor[] {
  const d = architecture.embedding_length
  const ff = sharedExpertWidth(architecture, block)
  if (ff === 0) return []
  return [matrix('ffn_gate_shexp', d, ff), matrix('ffn_up_shexp', d, ff), matrix('ffn_down_shexp', ff, d)]
}
