import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { loadYaml } from '../../scripts/lib/load.js'
import { textProblem } from '../../scripts/lib/scalar-problem.js'

const load = (text: string) => loadYaml('catalog/x.yaml', new TextEncoder().encode(text))
const problems = (text: string | Uint8Array): string[] =>
  (typeof text === 'string' ? load(text) : loadYaml('catalog/x.yaml', text)).diagnostics.map(
    ({ line, col, rule, message, hint }) => `${line}:${col} ${rule}: ${message} | ${hint}`,
  )

describe('loadYaml', () => {
  it.each([
    ['a: 1\n\tb: 2\n'],
    ['a: 1\nb: 2\na: 3\n'],
    ['a: "x\n'],
    ['a: b: c\n'],
    ['a: &x 1\nb: *x\n'],
    ['a: !!js/function x\n'],
    ['a: 1\n---\nb: 2\n'],
    ['# only a comment\n'],
    ['- a\n- b\n'],
    ['just text\n'],
    ['a: 99999999999999999\n'],
    ['a: "x\\u2028y"\n'],
    ['a: x\u202ey\n'],
    ['a: |\n  two\n  lines\n'],
    ['? [a]\n: 1\n'],
    ['\ufeffa: 1\n'],
    ['a: @x\n'],
    ['a: "\\q"\n'],
  ])('explains %j', (text) => {
    expect(problems(text)).toMatchSnapshot()
  })

  it('finds the byte that is not UTF-8', () => {
    expect(problems(new Uint8Array([0x61, 0x3a, 0x20, 0x31, 0x0a, 0x62, 0xff]))[0]).toContain(
      '2:2 yaml/encoding',
    )
    expect(problems(new Uint8Array([0xff, 0xfe, 0x61, 0x00]))[0]).toContain('the file is UTF-16')
  })

  it.each([
    ['10 MB', 'a: ' + 'x'.repeat(10_000_000), 'yaml/too-large'],
    ['brackets', '['.repeat(400_000), 'yaml/too-deep'],
    ['dashes', '- '.repeat(3000) + 'a', 'yaml/too-deep'],
    ['indentation', Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'yaml/too-deep'],
    ['a billion laughs', 'a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n', 'yaml/alias'],
  ])('refuses a bomb of %s at once', (_, text, rule) => {
    expect(load(text).diagnostics.map((item) => item.rule)).toContain(rule)
    expect(load(text).data).toBeUndefined()
  })

  it('points at keys, values, list items and parents', () => {
    const { positionOf } = load('# c\na:\n  b: [1, x]\nc:\nd:\n  - e: 1\n')
    expect(positionOf(['a', 'b'])).toEqual({ line: 3, col: 6 })
    expect(positionOf(['a', 'b'], 'key')).toEqual({ line: 3, col: 3 })
    expect(positionOf(['a', 'b', 1])).toEqual({ line: 3, col: 10 })
    expect(positionOf(['a', 'missing'])).toEqual({ line: 2, col: 1 })
    expect(positionOf(['c'])).toEqual({ line: 4, col: 1 })
    expect(positionOf(['d', 0])).toEqual({ line: 6, col: 5 })
    expect(positionOf([])).toEqual({ line: 2, col: 1 })
  })

  it('gives back what was written', () => {
    const leaf = fc.oneof(
      fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/).filter((text) => textProblem(text) === undefined),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    )
    const data = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/).filter((key) => textProblem(key) === undefined),
      fc.oneof(leaf, fc.array(leaf)),
      {
        minKeys: 1,
      },
    )
    fc.assert(
      fc.property(data, (value) => {
        expect(load(stringify(value)).data).toEqual(value)
      }),
    )
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => Array.isArray(problems(bytes))),
      { numRuns: 2000 },
    )
  })
})
