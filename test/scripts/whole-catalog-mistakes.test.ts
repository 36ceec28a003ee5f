import { expect, it } from 'vitest'
import { checkCatalog } from '../../scripts/lib/check-catalog.js'
import { latestToday } from '../../scripts/lib/latest-today.js'
import { readTree } from '../../scripts/lib/read-tree.js'
import { checkEdited, linesOf, MODEL, replace, schemas, type Edit } from './edit-catalog.js'

const catalog = readTree('.', 'catalog').files

/** What one edit of the real catalog brings: some mistakes only show among many models. */
function linesOfReal(file: string, edit: Edit): string[] {
  const text = edit(new TextDecoder().decode(catalog.get(file)))
  const files = new Map(catalog).set(file, new TextEncoder().encode(text))
  return linesOf(checkCatalog(files, schemas, latestToday(new Date())), file)
}

it('takes a score below one percent for a fraction where no other model is that low', () => {
  const lines = linesOfReal(
    MODEL,
    replace(/(metric: irrelevance\n +value:) [\d.]+/, 'metric: irrelevance\n    value: 0.79'),
  )
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^\d+:12 warning evidence\/fraction: score 0.79 is below 1 percent; .* \| where it is a fraction, write the percent: 79$/,
  )
})

it('tells a lost quantization once, not at every build that has it', () => {
  const lines = linesOfReal('catalog/quantizations.yaml', replace(/ {2}- id: Q6_K\n(?: {4}.*\n)+\n?/, ''))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^\d+:1 ref\/quantization: quantization "Q6_K" is missing here; \d+ builds have it \| /,
  )
})

it('knows the one compressed head of latent attention', () => {
  const latent = replace(
    'key_length: 128',
    'key_length: 128\n  kv_lora_rank: 512\n  key_length_mla: 192\n  value_length_mla: 128\n  rope.dimension_count: 64',
  )
  const lines = linesOf(checkEdited({ [MODEL]: latent })).filter((line) => line.includes('architecture/mla'))
  expect(lines.map((line) => line.split(' | ')[0])).toEqual([
    '17:18 architecture/mla: head_count_kv 8 does not fit kv_lora_rank: the compressed head has 1',
    '18:15 architecture/mla: key_length 128 does not fit kv_lora_rank: the compressed head has 576',
    '23:17 architecture/mla: value_length 128 does not fit kv_lora_rank: the compressed head has 512',
  ])
})
