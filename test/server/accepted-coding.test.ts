import { describe, expect, it } from 'vitest'
import { acceptedCoding } from '../../src/server/accepted-coding.js'

describe('the coding of an answer', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip, deflate', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate, br;q=0', 'gzip'],
    ['GZIP ; Q=0.5', 'gzip'],
    ['br;q=0, gzip;q=0', null],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0, *', 'br'],
    ['br;q=1.0, GZIP;q=0.5', 'br'],
    ['gzip; q=1', 'gzip'],
    ['gzip;q=high', null],
    ['gzip;q=0.000', null],
    ['xgzip, brr', null],
    [`gzip, ${'x'.repeat(1000)}`, null],
  ])('for %j is %s', (header, coding) => {
    expect(acceptedCoding(header)).toBe(coding)
  })
})
