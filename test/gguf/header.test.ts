import { describe, expect, it } from 'vitest'
import { readRawHeader } from '../../src/gguf/index.js'
import { memorySource } from './memory-source.js'
import { SMALL_MODEL, type Typed, type WrittenFile, writeGguf } from './write-gguf.js'

const read = (bytes: Uint8Array, fileBytes = bytes.byteLength) =>
  readRawHeader(memorySource(bytes), fileBytes)

const refusal = (message: RegExp) =>
  expect.objectContaining({
    code: 'BAD_FILE',
    message: expect.stringMatching(message),
    hint: expect.any(String),
  })

const withValue = (value: Typed): Buffer => writeGguf({ metadata: [['k', value]] })

describe('readRawHeader', () => {
  it.each([
    { version: 3, bigEndian: false },
    { version: 3, bigEndian: true },
    { version: 2, bigEndian: false },
    { version: 2, bigEndian: true },
  ])('reads version $version, big-endian: $bigEndian', async (form) => {
    const header = await read(writeGguf({ ...SMALL_MODEL, ...form }))
    expect(header).toMatchObject({
      version: form.version,
      endianness: form.bigEndian ? 'big' : 'little',
    })
    expect(header?.metadata.get('llama.attention.head_count_kv')).toEqual([2, 1])
    expect(header?.metadata.get('tokenizer.ggml.tokens')).toEqual({ type: 'string[]', length: 4 })
    expect(header?.tensors[2]).toEqual({
      name: 'blk.0.attn_q.weight',
      type: 'Q8_0',
      shape: [64, 64],
      offset: 544,
      bytes: 4352,
      part: 0,
    })
  })

  it.each<[string, Typed, unknown]>([
    ['a large uint64', ['u64', 2n ** 64n - 1n], '18446744073709551615'],
    ['a large int64', ['i64', -(2n ** 63n)], '-9223372036854775808'],
    ['a small uint64', ['u64', 5n], 5],
    ['NaN', ['f32', NaN], null],
    ['-Infinity', ['f64', -Infinity], null],
    ['a flag', ['bool', true], true],
    ['a text', ['string', '✓'], '✓'],
    ['a short list', ['array', 'f32', [1, Infinity]], [1, null]],
  ])('keeps %s as JSON can hold it', async (_what, value, expected) => {
    const header = await read(withValue(value))
    expect(header?.metadata.get('k')).toEqual(expected)
    expect(() => JSON.stringify([...(header?.metadata ?? [])])).not.toThrow()
  })

  it('passes over long arrays and strings', async () => {
    const numbers = Array.from({ length: 5000 }, (_, index) => index)
    expect((await read(withValue(['array', 'u32', numbers])))?.metadata.get('k')).toEqual({
      type: 'uint32[]',
      length: 5000,
    })
    expect((await read(withValue(['string', 'x'.repeat(300_000)])))?.metadata.get('k')).toEqual({
      type: 'string',
      length: 300_000,
    })
  })

  it('takes the bytes of a type it does not know from the next offset', async () => {
    const [first, ...rest] = SMALL_MODEL.tensors
    if (!first) throw new Error('the small model has tensors')
    const header = await read(writeGguf({ tensors: [{ ...first, type: 999 }, ...rest] }))
    expect(header?.tensors[0]).toMatchObject({ type: 'type 999', bytes: 288 })
  })

  it('asks for more of a file that is still arriving', async () => {
    const bytes = writeGguf(SMALL_MODEL)
    const header = await read(bytes)
    const length = header?.data_offset ?? 0
    for (let there = 1; there < length - 32; there += 7) {
      expect(await read(bytes.subarray(0, there), bytes.byteLength)).toBeNull()
    }
    expect(await read(bytes.subarray(0, length), bytes.byteLength)).toEqual(header)
  })
})

describe('files that are no GGUF model', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(), /empty/],
    ['a web page', Buffer.from('<!DOCTYPE html><html></html>'), /web page/],
    ['a Git LFS pointer', Buffer.from('version https://git-lfs.github.com/spec/v1'), /LFS pointer/],
    ['a JSON answer', Buffer.from('{"error":"not found"}'), /JSON/],
    ['a GGML file of old', Buffer.from('tjgg0123456789'), /GGML format/],
    ['something else', Buffer.from('\u0000\u0001\u0002\u0003 something'), /begin with GGUF/],
    ['two bytes', Buffer.from('GG'), /within its header/],
    ['a bare signature', Buffer.from('GGUF\u0003\u0000\u0000\u0000'), /within its header/],
  ])('refuses %s', async (_what, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(refusal(message))
  })

  it.each([0, 1, 4, 77, 65_535])('refuses version %i', async (version) => {
    const small = writeGguf({ ...SMALL_MODEL, version })
    await expect(read(small)).rejects.toThrow(refusal(/GGUF version/))
  })

  it('refuses a file that is cut off anywhere', async () => {
    const bytes = writeGguf(SMALL_MODEL)
    for (let length = 8; length < bytes.byteLength; length += 111) {
      await expect(read(bytes.subarray(0, length))).rejects.toThrow(refusal(/within its header|incomplete/))
    }
  })
})

/** The small model with eight bytes replaced. */
function patched(offset: number, value: bigint, file: WrittenFile = SMALL_MODEL): Buffer {
  const bytes = Buffer.from(writeGguf(file))
  bytes.writeBigUInt64LE(value, offset)
  return bytes
}

describe('hostile headers', () => {
  const KEY = 24

  it.each([
    ['tensors', patched(8, 2n ** 40n), /claims \d+ tensors/],
    ['keys', patched(16, 2n ** 62n), /beyond all bounds|claims/],
    ['a long key', patched(KEY, 2n ** 30n), /key of the header has/],
    ['a size beyond 2^53', patched(KEY, 2n ** 63n), /beyond all bounds/],
  ])('refuses %s', async (_what, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(refusal(message))
  })

  it('refuses a string that is longer than the file', async () => {
    const bytes = withValue(['string', 'abc'])
    bytes.writeBigUInt64LE(2n ** 44n, KEY + 8 + 1 + 4)
    await expect(read(bytes)).rejects.toThrow(refusal(/within its header/))
  })

  it.each([8, 4])('refuses an array of type %i with more elements than bytes', async (type) => {
    const bytes = withValue(['array', 'u32', [1, 2, 3]])
    bytes.writeUInt32LE(type, KEY + 8 + 1 + 4)
    bytes.writeBigUInt64LE(2n ** 50n, KEY + 8 + 1 + 8)
    await expect(read(bytes)).rejects.toThrow(refusal(/within its header|beyond/))
  })

  it('refuses arrays nested without end', async () => {
    const level = Buffer.alloc(12)
    level.writeUInt32LE(9, 0)
    level.writeBigUInt64LE(1n, 4)
    const head = withValue(['u32', 0]).subarray(0, KEY + 8 + 1)
    const type = Buffer.from([9, 0, 0, 0])
    const bytes = Buffer.concat([head, type, ...Array.from({ length: 1000 }, () => level)])
    await expect(read(bytes)).rejects.toThrow(refusal(/nests/))
  })

  it.each<[string, WrittenFile, RegExp]>([
    [
      'a key twice',
      {
        metadata: [
          ['k', ['u32', 1]],
          ['k', ['u32', 2]],
        ],
      },
      /twice/,
    ],
    ['an odd alignment', { metadata: [['general.alignment', ['u32', 33]]] }, /alignment/],
    ['no alignment', { metadata: [['general.alignment', ['u32', 0]]] }, /alignment/],
    [
      'a tensor twice',
      { tensors: [0, 1].map(() => ({ name: 't', shape: [4], type: 0, bytes: 16 })) },
      /twice/,
    ],
    [
      'five dimensions',
      { tensors: [{ name: 't', shape: [1, 1, 1, 1, 1], type: 0, bytes: 4 }] },
      /5 dimensions/,
    ],
    [
      'more elements than there are bytes',
      { tensors: [{ name: 't', shape: [2 ** 40, 2 ** 40], type: 0, bytes: 4 }] },
      /more elements/,
    ],
    [
      'a tensor larger than the file',
      { tensors: [{ name: 't', shape: [2 ** 30], type: 0, bytes: 64 }] },
      /incomplete/,
    ],
  ])('refuses %s', async (_what, file, message) => {
    await expect(read(writeGguf(file))).rejects.toThrow(refusal(message))
  })

  it('shows control characters of a name as ?', async () => {
    const name = 'a\u001b[31m\u0000b'
    const file = { tensors: [0, 1].map(() => ({ name, shape: [4], type: 0, bytes: 16 })) }
    await expect(read(writeGguf(file))).rejects.toThrow(refusal(/a\?\[31m\?b twice/))
  })
})
