import type { Architecture } from '../../../generated/authored.js'
import { show } from '../show.js'
import type { Rule } from '../sources.js'

type Field = keyof Architecture & string

interface Mistake {
  rule: string
  field: Field
  message: string
  hint: string
}

/** The architecture's numbers fit together. */
export const architecture: Rule = {
  ids: [
    'architecture/heads',
    'architecture/list-length',
    'architecture/experts',
    'architecture/blocks',
    'architecture/window',
  ],
  check(sources, report) {
    for (const entry of sources.models) {
      const shape = entry.data.architecture
      for (const { field, ...rest } of [
        heads(shape),
        ...listLengths(shape),
        ...experts(shape),
        ...blocks(shape),
        ...windows(shape),
      ].filter((item) => item !== undefined))
        report({ ...rest, entry, path: ['architecture', field] })
    }
  },
}

function perBlock(value: number | readonly number[] | undefined, block: number): number | undefined {
  return typeof value === 'number' || value === undefined ? value : value[block]
}

function heads(shape: Architecture): Mistake | undefined {
  for (let block = 0; block < Math.min(shape.block_count, 1000); block += 1) {
    const count = perBlock(shape.head_count, block)
    const kv = perBlock(shape.head_count_kv, block)
    if (count === undefined || kv === undefined || kv === 0 || count === 0) continue
    const at = { rule: 'architecture/heads', field: 'head_count_kv' as const }
    if (kv > count)
      return {
        ...at,
        message: `head_count_kv ${kv} is more than head_count ${count}`,
        hint: 'keys and values have at most as many heads as queries: are the two swapped?',
      }
    if (count % kv !== 0)
      return {
        ...at,
        message: `head_count ${count} is no multiple of head_count_kv ${kv}`,
        hint: 'every key head serves the same number of query heads: check both in the config',
      }
  }
  if (
    typeof shape.head_count === 'number' &&
    shape.head_count > 0 &&
    shape.key_length === undefined &&
    shape.embedding_length % shape.head_count !== 0
  )
    return {
      rule: 'architecture/heads',
      field: 'embedding_length',
      message: `embedding_length ${shape.embedding_length} is no multiple of head_count ${shape.head_count}, and key_length is absent`,
      hint: 'add key_length and value_length (head_dim in the config)',
    }
  return undefined
}

function listLengths(shape: Architecture): Mistake[] {
  const fields = ['feed_forward_length', 'head_count', 'head_count_kv', 'sliding_window_pattern'] as const
  return fields.flatMap((field) => {
    const value = shape[field]
    if (!Array.isArray(value) || value.length === shape.block_count) return []
    return [
      {
        rule: 'architecture/list-length',
        field,
        message: `${field} lists ${value.length} blocks, but block_count is ${shape.block_count}`,
        hint: 'write one number for all blocks, or one entry for each',
      },
    ]
  })
}

function experts(shape: Architecture): Mistake[] {
  const rule = 'architecture/experts'
  const { expert_count: all, expert_used_count: used } = shape
  const mistakes: Mistake[] = []
  if (all !== undefined && used === undefined)
    mistakes.push({
      rule,
      field: 'expert_count',
      message: 'expert_count is given, but expert_used_count is not',
      hint: 'add expert_used_count (num_experts_per_tok in the config)',
    })
  if (all === undefined && used !== undefined)
    mistakes.push({
      rule,
      field: 'expert_used_count',
      message: 'expert_used_count is given, but expert_count is not',
      hint: 'add expert_count (num_experts in the config)',
    })
  if (all !== undefined && used !== undefined && used > all)
    mistakes.push({
      rule,
      field: 'expert_used_count',
      message: `expert_used_count ${used} is more than expert_count ${all}`,
      hint: 'are the two swapped?',
    })
  return mistakes
}

function blocks(shape: Architecture): Mistake[] {
  const fields = [
    'leading_dense_block_count',
    'nextn_predict_layers',
    'shared_kv_layers',
    'full_attention_interval',
  ] as const
  return fields.flatMap((field) => {
    const value = shape[field]
    if (value === undefined || value <= shape.block_count) return []
    return [
      {
        rule: 'architecture/blocks',
        field,
        message: `${field} ${value} is more than block_count ${shape.block_count}`,
        hint: 'check both in the file header or the config',
      },
    ]
  })
}

function windows(shape: Architecture): Mistake[] {
  const rule = 'architecture/window'
  const { sliding_window: window, sliding_window_pattern: pattern, context_length: trained } = shape
  if (window !== undefined && window > trained)
    return [
      {
        rule,
        field: 'sliding_window',
        message: `sliding_window ${window} is more than context_length ${trained}`,
        hint: 'are the two swapped?',
      },
    ]
  if (typeof pattern === 'number' && pattern > shape.block_count)
    return [
      {
        rule,
        field: 'sliding_window_pattern',
        message: `sliding_window_pattern ${pattern} is more than block_count ${shape.block_count}`,
        hint: 'every how many blocks one attends to everything: 6 in Gemma 3',
      },
    ]
  if (window === undefined && pattern !== undefined)
    return [
      {
        rule,
        field: 'sliding_window_pattern',
        message: `sliding_window_pattern ${show(pattern)} is given, but sliding_window is not`,
        hint: 'add sliding_window, in tokens',
      },
    ]
  return []
}
