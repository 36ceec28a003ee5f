import type { Architecture } from '../../../generated/authored.js'
import type { Rule } from '../sources.js'

type Field = 'head_count_kv' | 'key_length' | 'value_length'

/** With latent attention (MLA) the cache holds one compressed head: GGUF states its lengths, not those of the heads. */
export const latentAttention: Rule = {
  ids: ['architecture/mla'],
  check(sources, report) {
    for (const entry of sources.models)
      for (const [field, wanted] of lengthsOf(entry.data.architecture)) {
        const found = entry.data.architecture[field]
        if (found === undefined || found === wanted) continue
        report({
          rule: 'architecture/mla',
          entry,
          path: ['architecture', field],
          message: `${field} ${String(found)} does not fit kv_lora_rank: the compressed head has ${wanted}`,
          hint: `write ${wanted}, as the file header does; the lengths of the heads are key_length_mla and value_length_mla`,
        })
      }
  },
}

function lengthsOf(shape: Architecture): [field: Field, wanted: number][] {
  const { kv_lora_rank: rank, key_length_mla: heads, 'rope.dimension_count': rope } = shape
  if (rank === undefined || heads === undefined) return []
  const key: [Field, number][] = rope === undefined ? [] : [['key_length', rank + rope]]
  return [['head_count_kv', 1], ...key, ['value_length', rank]]
}
