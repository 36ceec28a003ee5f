import { expect, it } from 'vitest'
import { hubFiles, pickBuild } from '../../scripts/lib/hub-files.js'
import { draftFamily, draftId, draftModel } from '../../scripts/lib/model-draft.js'
import { validateSchema } from '../../scripts/lib/schema.js'
import { schemas } from './edit-catalog.js'
import { loadYaml } from '../../scripts/lib/load.js'

it.each([
  ['Qwen/Qwen3-8B-GGUF', 'qwen3:8b'],
  ['bartowski/Llama-3.2-3B-Instruct-GGUF', 'llama-3.2:3b'],
  ['Qwen/Qwen3-30B-A3B-GGUF', 'qwen3:30b-a3b'],
  ['a/no-size', undefined],
])('takes from %s the id %s', (repo, id) => {
  expect(draftId(repo)).toBe(id)
})

it('picks Q4_K_M, first parts and no projector', () => {
  const files = hubFiles([
    { path: 'mmproj-Q4_K_M.gguf' },
    { path: 'a-Q8_0.gguf', size: 5 },
    { path: 'x/a-Q4_K_M-00002-of-00002.gguf' },
    { path: 'x/a-Q4_K_M-00001-of-00002.gguf', size: -1, lfs: { oid: 'zz' } },
    { path: 7 },
    null,
  ])
  expect(pickBuild(files, undefined)).toBe('x/a-Q4_K_M-00001-of-00002.gguf')
  expect(files.at(-1)).toEqual({ name: 'x/a-Q4_K_M-00001-of-00002.gguf' })
  expect(pickBuild(files, 'a-Q8_0.gguf')).toBe('a-Q8_0.gguf')
  expect(pickBuild(files, 'b.gguf')).toBeUndefined()
  expect(hubFiles({ error: 'no' })).toEqual([])
})

it('drafts a file that is YAML, with the facts of the header', () => {
  const text = draftModel({
    repo: 'a/b',
    files: [{ name: 'x: "y" #.gguf', bytes: 5 }],
    quantization: 'Q4_K_M',
    architecture: {
      'general.architecture': 'qwen3',
      vocab_size: 9,
      tied_embeddings: true,
      block_count: 2,
      context_length: 64,
      embedding_length: 8,
    },
    parameters: { total: 100, active: 100 },
    fieldOrder: ['general.architecture', 'block_count'],
    today: '2026-11-22',
  })
  expect(text).toMatch(
    /architecture:\n {2}general.architecture: "qwen3"\n {2}block_count: 2\n {2}vocab_size: 9\n/,
  )
  const { data, diagnostics } = loadYaml('catalog/x.yaml', new TextEncoder().encode(text))
  expect(diagnostics).toEqual([])
  expect(data).toMatchObject({
    parameters: 100,
    architecture: { block_count: 2 },
    context: { max: 64 },
    builds: [{ repo: 'a/b', files: [{ name: 'x: "y" #.gguf', bytes: 5 }] }],
  })
})

it('drafts a family that its schema accepts once the commented lines are facts', () => {
  const text = draftFamily('wombat', 'a/b', '2026-11-22')
  const filled = text
    .replace(/^# (?!yaml)/gm, '')
    .replace('licence: SPDX id, such as Apache-2.0, else LicenseRef-Name', 'licence: MIT')
  const loaded = loadYaml(
    'catalog/models/wombat/family.yaml',
    new TextEncoder().encode(
      filled.replace(/url: .*/, 'url: https://huggingface.co/a/b').replace(/^#   /gm, '  '),
    ),
  )
  expect(loaded.diagnostics).toEqual([])
  expect(validateSchema(loaded, 'family', schemas)).toEqual([])
})
