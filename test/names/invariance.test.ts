import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveName } from '../../src/names/index.js'
import { CATALOG_FACTS, CATALOG_INDEX } from './catalog-index.js'

const RUNS = Number(process.env['NAME_FUZZ_RUNS'] ?? 1000)

const repositories = CATALOG_FACTS.flatMap(({ id, repo }) =>
  repo === undefined ? [] : [{ id, name: repo.slice(repo.indexOf('/') + 1).replace(/-BF16$/, '') }],
)
const repository = fc.constantFrom(...repositories)
const owner = fc.stringMatching(/^[bcdghjnvwz]{2,6}(?:-[bcdghjnvwz]{1,6})?$/)
const label = fc.constantFrom('Q4_K_M', 'q8_0', 'IQ3_XXS', 'UD-Q6_K_XL', 'bf16', 'TQ1_0', 'IQ4_K_R4')
const split = fc.constantFrom('', '-00001-of-00003', '-00003-of-00003')
const extension = fc.constantFrom('', '.gguf', '.GGUF')
const letterCase = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.toLowerCase(),
)
/** Wrappers of a file's name, as caches, folders and servers have them. */
const place = fc.constantFrom(
  (file: string) => file,
  (file: string) => `/srv/models/${file}`,
  (file: string) => `D:\\llm\\${file}`,
  (file: string) => `koboldcpp/${file}`,
  (file: string) => `ggml-${file}`,
)

describe('what does not change the weights does not change the model', () => {
  it('keeps the model and reads the label, whatever file, folder, part, extension and case', () => {
    fc.assert(
      fc.property(
        repository,
        label,
        split,
        extension,
        letterCase,
        place,
        (repo, text, part, end, inCase, at) => {
          const name = at(`${inCase(repo.name)}-${text}${part}${end}`)
          const expected = { model: repo.id, quantization: text.toUpperCase() }
          expect(resolveName(CATALOG_INDEX, name), name).toMatchObject(expected)
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('keeps the model, whoever uploads it', () => {
    fc.assert(
      fc.property(repository, owner, label, ({ id, name }, who, text) => {
        const tag = text.toUpperCase()
        /** `acme/glm-4.7` may also be somebody's own model at Ollama. */
        const isFamily = CATALOG_INDEX.families.has(name.toLowerCase())
        for (const spelled of [
          `${who}/${isFamily ? `${name}-FP8` : name}`,
          `${who}/${name}-GGUF`,
          `hf.co/${who}/${name}-GGUF:${tag}`,
          `${who}/${name}-GGUF/${name}-${tag}.gguf`,
          `/c/hub/models--${who}--${name}/snapshots/3f1c9a0b/${name}-${tag}.gguf`,
          `/c/${who}_${name}-GGUF_${name}-${tag}.gguf`,
        ])
          expect(resolveName(CATALOG_INDEX, spelled).model, spelled).toBe(id)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('what names other weights has no model', () => {
  it('is null with an unknown word at any place', () => {
    const word = fc.stringMatching(/^[b-df-hj-np-z]{4,9}\d?$/)
    const joint = fc.constantFrom('-', '_', '.')
    fc.assert(
      fc.property(repository, word, joint, fc.nat({ max: 9 }), label, ({ name }, added, mark, at, text) => {
        const parts = name.split('-')
        const spelled = parts.toSpliced(at % (parts.length + 1), 0, added).join(mark)
        for (const each of [spelled, `${spelled}-${text}.gguf`, `hf.co/acme/${spelled}-GGUF:${text}`])
          expect(resolveName(CATALOG_INDEX, each).model, each).toBeNull()
      }),
      { numRuns: RUNS },
    )
  })

  it('is null with a letter of another script that looks or lower-cases alike', () => {
    const twins = new Map(
      Object.entries({
        a: '\u0430',
        e: '\u0435',
        k: '\u212a',
        i: '\u0131',
        s: '\u017f',
        l: '\uff4c',
        o: '\u043e',
      }),
    )
    fc.assert(
      fc.property(repository, fc.nat({ max: 40 }), ({ name }, from) => {
        const letters = [...name]
        const at = letters.findIndex(
          (letter, i) => i >= from % name.length && twins.has(letter.toLowerCase()),
        )
        if (at < 0) return
        const twin = twins.get(letters[at]?.toLowerCase() ?? '') ?? ''
        const spelled = letters.with(at, twin).join('')
        for (const each of [spelled, `/srv/${spelled}-Q4_K_M.gguf`, `acme/${spelled}`])
          expect(resolveName(CATALOG_INDEX, each).model, each).toBeNull()
      }),
      { numRuns: RUNS },
    )
  })

  it('is null where a name ends on a separator', () => {
    for (const { name } of repositories)
      for (const end of ['-', '.', '_', ':', '@'])
        expect(resolveName(CATALOG_INDEX, name + end).model, name + end).toBeNull()
  })
})
