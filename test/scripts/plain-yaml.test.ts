import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadDocument } from '../../scripts/lib/load.js'
import { parsePlainYaml } from '../../scripts/lib/plain-yaml.js'
import { readTree } from '../../scripts/lib/read-tree.js'

const texts = [
  ...readTree('.', 'catalog').files.values(),
  ...readTree('test/fixtures/catalog-basic', 'catalog').files.values(),
].map((bytes) => new TextDecoder().decode(bytes))

/** What the full parser makes of a text; undefined where it finds a mistake. */
function parseFully(text: string): unknown {
  const { data, diagnostics } = loadDocument('x.yaml', new TextEncoder().encode(text))
  return diagnostics.length > 0 ? undefined : data
}

it('reads most files of the catalog, exactly as the full parser does', () => {
  const sample = texts.filter((_, index) => index % 7 === 0)
  const plain = sample.filter((text) => parsePlainYaml(text) !== undefined)
  expect(plain.length).toBeGreaterThan(sample.length * 0.8)
  for (const text of plain) expect(parsePlainYaml(text)).toEqual(parseFully(text))
})

it.each([
  'a: b\n  c: d\n',
  'a: b\n  c\n',
  'a:\nb: 1\n',
  'a: 1\na: 2\n',
  'a: "b" c\n',
  'a: [b, [c]]\n',
  'a: [b, c,]\n',
  'a: {b: c}\n',
  'a: 0x10\n',
  'a: 010\n',
  'a: .5\n',
  'a: 1.\n',
  'a: null\n',
  'a: ~\n',
  'a: True\n',
  'a: &x b\n',
  'a: !x b\n',
  'a: |\n  b\n',
  'a: b # c\n',
  "a: 'b'\n",
  '- a\n',
  'a:\n- b\n',
  'a:\n  - b\n c: d\n',
  'a:\n  - - b\n',
  '---\na: b\n',
  'a: b\n...\n',
  '__proto__: b\n',
  'a: b:\n',
  '  a: b\nc: d\n',
  '',
])('leaves %j to the full parser', (text) => {
  expect(parsePlainYaml(text)).toBeUndefined()
})

it('never says other than the full parser, whatever is changed in a file', () => {
  const pieces = [
    ' ',
    '  ',
    '\n',
    ':',
    ': ',
    '- ',
    '#',
    ' #',
    '"',
    "'",
    '[',
    ']',
    ',',
    '{',
    '&a',
    '*a',
    '!',
    '|',
    '>',
    '0',
    '-',
    '.',
    '~',
    'e',
    '\t',
    '\r',
  ]
  const heads = texts.map((text) => text.slice(0, 700).replace(/\n[^\n]*$/, '\n'))
  const edit = fc.record({ at: fc.nat(700), cut: fc.nat(3), put: fc.constantFrom('', ...pieces) })
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.array(edit, { maxLength: 3 }), (head, edits) => {
      const text = edits.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), head)
      const plain = parsePlainYaml(text)
      if (plain !== undefined) expect(plain).toEqual(parseFully(text))
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1500) },
  )
})
