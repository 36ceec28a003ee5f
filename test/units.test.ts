import { describe, expect, it } from 'vitest'
import { formatContext, formatGb, formatGib, parseBytes } from '../src/units.js'

describe('parseBytes', () => {
  it.each([
    ['24GiB', 25_769_803_776],
    ['24 gib', 25_769_803_776],
    ['24', 25_769_803_776],
    ['24GB', 24_000_000_000],
    ['512MiB', 536_870_912],
    ['0', 0],
    ['1.5GiB', 1_610_612_736],
    ['123B', 123],
  ])('reads %s as %d bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes))

  it.each([
    '',
    'GiB',
    '-1',
    '1e3',
    'NaN',
    '24 bananas',
    '0x18',
    '9999999999999TiB',
    '1.',
    '1,5GiB',
    'Infinity',
  ])('refuses %j', (text) => expect(parseBytes(text)).toBeNull())
})

describe('formats for people', () => {
  it('keeps GiB and GB apart', () => {
    expect(formatGib(5_027_784_224)).toBe('4.7 GiB')
    expect(formatGb(5_027_784_224)).toBe('5.0 GB')
  })
  it('writes small amounts in MiB', () => expect(formatGib(52_428_800)).toBe('50 MiB'))
  it('counts context in K of 1,024 tokens', () => {
    expect(formatContext(32768)).toBe('32K')
    expect(formatContext(5000)).toBe('5000')
  })
})
