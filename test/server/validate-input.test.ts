import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateInput } from '../../src/server/validate-input.js'

const schema = {
  type: 'object',
  properties: {
    n: { type: 'number', minimum: 0, maximum: 100 },
    i: { type: 'integer' },
    f: { type: 'boolean' },
    t: { type: 'string', maxLength: 3, enum: ['a', 'b'] },
  },
}

describe('validateInput', () => {
  it.each([
    [{ n: '24' }, { n: 24 }],
    [
      { n: '1.5', f: 'true' },
      { n: 1.5, f: true },
    ],
    [{ t: 'a', other: 'x' }, { t: 'a' }],
    [{ n: '0' }, { n: 0 }],
    [{}, {}],
  ])('reads the query %j as %j', (query, value) => {
    expect(validateInput(schema, query, 'query')).toEqual({ value })
  })

  it.each([{ n: '101' }, { n: ['1', '2'] }, { i: '1.5' }, { f: '1' }, { t: 'c' }, { n: '0x10' }, { n: '' }])(
    'refuses the query %j',
    (query) => {
      expect(validateInput(schema, query, 'query')).toHaveProperty('error')
    },
  )

  it('takes no text for a number in a body', () => {
    expect(validateInput(schema, { n: '24' }, 'body')).toEqual({ error: 'n is a number' })
  })

  it('reads every number that a person would write, and no other text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.nat(999), (whole, part) => {
        const text = whole === 100 ? '100' : `${whole}.${part}`
        expect(validateInput(schema, { n: text }, 'query')).toEqual({ value: { n: Number(text) } })
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        const checked = validateInput(schema, { n: text }, 'query')
        expect('error' in checked).toBe(!/^\d+(\.\d+)?$/.test(text) || Number(text) > 100 || text.length > 15)
      }),
    )
  })
})
