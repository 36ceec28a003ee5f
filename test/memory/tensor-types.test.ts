import { describe, expect, it } from 'vitest'
import { TENSOR_TYPES, isTensorTypeName, tensorBytes, tensorTypeName } from '../../src/memory/tensor-types.js'

describe('tensorBytes', () => {
  it('gives the bytes of Llama 3.2 1B token embeddings', () => {
    expect(tensorBytes('Q6_K', [2048, 128256])).toBe(215_470_080)
  })

  it.each([
    ['F32', [7], 28],
    ['F16', [3, 5, 2], 60],
    ['Q8_0', [64, 2], 136],
    ['MXFP4', [32, 1, 4], 68],
    ['Q1_0', [128], 18],
    ['IQ1_S', [256, 3], 150],
  ] as const)('packs %s %j into %i bytes', (type, shape, bytes) => {
    expect(tensorBytes(type, shape)).toBe(bytes)
  })

  it('refuses rows that are no whole number of blocks', () => {
    expect(tensorBytes('Q4_K', [896, 2])).toBeNull()
  })
})

describe('tensorTypeName', () => {
  it('finds every type by its number', () => {
    for (const [name, { id }] of Object.entries(TENSOR_TYPES)) expect(tensorTypeName(id)).toBe(name)
  })

  it.each([4, 5, 43, 1000, -1, Number.NaN])('knows no type of number %d', (id) => {
    expect(tensorTypeName(id)).toBeNull()
  })

  it('does not take names of Object for types', () => {
    expect(isTensorTypeName('constructor')).toBe(false)
  })
})
