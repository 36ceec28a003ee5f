import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildNameIndex, resolveName } from '../../src/names/index.js'
import { SAMPLE_FACTS } from './sample-facts.js'

const index = buildNameIndex(SAMPLE_FACTS)
const RUNS = Number(process.env['NAME_FUZZ_RUNS'] ?? 1000)

describe('hostile names', () => {
  it.each([
    '',
    ' ',
    '\0',
    '__proto__',
    'constructor:latest',
    'toString',
    ':::',
    '///',
    '@',
    '--json',
    'qwen2.5:7b\n',
    'qwen2.5:7b; rm -rf /',
    '$(qwen2.5:7b)',
    '{"name":"qwen2.5:7b"}',
    '../../../etc/passwd',
    'registry.ollama.ai/library/../../../etc/shadow',
    'qwen2.5\u22367b',
    'qw\u0435n2.5:7b',
    'llama3.1:\uff18b',
    'qwen2.5:\u200b7b',
    'gemma3:4b\u202e',
    'qwen2.5\u20117b\u2011instruct',
  ])('%j names no model', (name) => {
    expect(resolveName(index, name)).toMatchObject({ name, model: null })
  })

  it.each(['a', '-', '1.', 'q_k', '_.', 'ud-', '/', 'qwen_', 'q4_k_m-', '00001-of-'])(
    'answers null for a name of 10,000 and of a million characters of %j',
    (unit) => {
      for (const length of [10_000, 1_000_000]) {
        const name = `qwen2.5:7b${unit.repeat(length / unit.length)}`
        expect(resolveName(index, name)).toMatchObject({ model: null, quantization: null })
      }
    },
  )

  it('never throws and never leaves the catalog, whatever the text', () => {
    const ids = new Set<string | null>([null, ...SAMPLE_FACTS.map(({ id }) => id)])
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        expect(ids.has(resolveName(index, name).model)).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  it('loses the model as soon as a word is added that no model has', () => {
    const word = fc.stringMatching(/^[b-df-hj-np-z]{4,9}$/)
    const names = fc.constantFrom(
      ...SAMPLE_FACTS.flatMap(({ repo }) => (repo ? [repo.slice(repo.indexOf('/') + 1)] : [])),
    )
    fc.assert(
      fc.property(names, word, fc.constantFrom('-', '_', '.'), (name, added, separator) => {
        expect(resolveName(index, name + separator + added).model).toBeNull()
        expect(resolveName(index, added + separator + name).model).toBeNull()
      }),
      { numRuns: RUNS },
    )
  })

  it('reads a model’s own repository in any case, with any uploader and any label', () => {
    const repos = SAMPLE_FACTS.flatMap(({ id, repo }) => (repo ? [{ id, repo }] : []))
    const labels = fc.constantFrom('Q4_K_M', 'IQ3_XXS', 'UD-Q6_K_XL', 'bf16', 'q8_0')
    fc.assert(
      fc.property(fc.constantFrom(...repos), labels, fc.boolean(), ({ id, repo }, label, lower) => {
        const file = `${repo.slice(repo.indexOf('/') + 1)}-${label}.gguf`
        const name = lower ? file.toLowerCase() : file
        for (const text of [
          name,
          `acme/x-GGUF/${name}`.replace('x', file.slice(0, -label.length - 6)),
          `/srv/${name}`,
        ])
          expect(resolveName(index, text)).toMatchObject({ model: id, quantization: label.toUpperCase() })
      }),
      { numRuns: RUNS },
    )
  })
})
