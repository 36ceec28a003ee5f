import fc from 'fast-check'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { checkCatalog } from '../../scripts/lib/check-catalog.js'
import { textOf, type Content } from '../../scripts/lib/emit/content.js'
import { emitDocs } from '../../scripts/lib/emit/docs.js'
import { literal } from '../../scripts/lib/emit/literal.js'
import { escapeMarkdown, markdownLink } from '../../scripts/lib/emit/markdown.js'
import { emitTables } from '../../scripts/lib/emit/emit-tables.js'
import { resolveCatalog, type Catalog } from '../../scripts/lib/resolve.js'
import { checkEdited, editedFiles, linesOf, schemas, TODAY } from './edit-catalog.js'

const catalog = resolveCatalog(checkEdited().sources)
const textsOf = (contents: Map<string, Content>) =>
  new Map([...contents].map(([path, content]) => [path, textOf(content)]))
const texts = textsOf(new Map([...emitTables(catalog), ...emitDocs(catalog, 'scripts/templates')]))

/** Values that a generated module exports, by running it as JavaScript. */
function exportsOf(text: string): Record<string, unknown> {
  const code = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText
  const exported: Record<string, unknown> = {}
  new Function('exports', code)(exported)
  return exported
}

it('has a fixture without problems', () => {
  expect(linesOf(checkEdited(), '')).toEqual([])
})

it.each([...texts.keys()].sort())('emits %s exactly as the golden file', async (path) => {
  await expect(texts.get(path)).toMatchFileSnapshot(`../fixtures/catalog-basic/golden/${path}.txt`)
})

it('emits rows that equal the resolved catalog', () => {
  const of = (name: string) => exportsOf(texts.get(`generated/${name}.ts`) ?? '')
  expect(of('models')['MODELS']).toEqual(Object.fromEntries(catalog.models.map(({ row }) => [row.id, row])))
  expect(of('gguf')['GGUF']).toEqual(
    Object.fromEntries(catalog.models.map(({ row, gguf }) => [row.id, gguf])),
  )
  expect(of('details')['DETAILS']).toEqual(
    Object.fromEntries(catalog.models.map(({ row, detail }) => [row.id, detail])),
  )
  expect(of('quantizations')['QUANTIZATIONS']).toEqual(catalog.quantizations)
  expect(of('tiers')).toMatchObject({ TIERS: catalog.tiers, TIER_RULE: catalog.rule })
  expect(of('providers')).toMatchObject({ PROVIDERS: catalog.providers, DEFAULT_CONTEXT: 8192 })
  expect(of('gpus')['GPUS']).toEqual(Object.fromEntries(catalog.gpus.map((gpu) => [gpu.id, gpu])))
})

it('takes from the family what a model leaves out, and computes sizes and defaults', () => {
  const experts = catalog.models.find(({ row }) => row.id === ('qwen3:30b-a3b' as string))?.row
  expect(experts).toMatchObject({
    publisher: 'Alibaba Qwen',
    licence: 'Apache-2.0',
    tool_call_format: 'hermes',
    context: { max: 40960, default: 32768 },
    builds: [
      { quantization: 'Q8_0', bytes_basis: 'computed' },
      { quantization: 'Q4_K_M', bytes_basis: 'computed', default: true },
      { quantization: 'UD-Q2_K_XL', bytes: 11_800_000_000, bytes_basis: 'shown' },
    ],
  })
})

it('emits the same bytes whatever the order of the files', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...editedFiles()], { minLength: 9, maxLength: 9 }), (files) => {
      const shuffled = resolveCatalog(checkCatalog(new Map(files), schemas, TODAY).sources)
      expect(textsOf(emitTables(shuffled))).toEqual(textsOf(emitTables(catalog)))
    }),
    { numRuns: 5 },
  )
})

describe('dangerous text', () => {
  const DANGEROUS = [
    '"',
    "'",
    '`',
    '${x}',
    '*/',
    '\n',
    '__proto__',
    '\u2028',
    '</script>',
    '| a |',
    '\\',
    '<img src=x>',
    '[a](javascript:b)',
  ]

  it.each(DANGEROUS)('survives the tables unchanged: %j', (text) => {
    expect(exportsOf(`export const A = ${literal({ a: text, ['__proto__']: 1 })}`)['A']).toMatchObject({
      a: text,
    })
    const names = {
      ...catalog,
      models: catalog.models.map((model) => ({ ...model, row: { ...model.row, name: text } })),
    } satisfies Catalog
    const emitted = exportsOf(textsOf(emitTables(names)).get('generated/models.ts') ?? '')['MODELS']
    expect(Object.values(emitted as Record<string, { name: string }>).map(({ name }) => name)).toEqual([
      text,
      text,
      text,
    ])
  })

  it('stays plain text in Markdown', () => {
    expect(escapeMarkdown('a|b <i> [x](y) `z` ${q} */\n# h\u2028')).toBe(
      'a\\|b &lt;i&gt; \\[x\\]\\(y\\) \\`z\\` \\$\\{q\\} \\*/ # h ',
    )
    expect(escapeMarkdown('# no heading')).toBe('\\# no heading')
    expect(escapeMarkdown('1. no list, https://a.b')).toBe('1\\. no list, https\\://a.b')
    expect(markdownLink('a]', 'https://a.b/c)|<d>')).toBe('[a\\]](<https://a.b/c)%7C%3Cd%3E>)')
  })

  it('never yields an own or inherited prototype key', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', '__proto__', 'constructor'), fc.string()), (value) => {
        expect(exportsOf(`export const A = ${literal(value)}`)['A']).toEqual(value)
      }),
    )
  })
})
