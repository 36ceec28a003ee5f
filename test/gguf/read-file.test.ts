import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partNames, readGgufFile, readGgufStart } from '../../src/gguf/index.js'
import { SMALL_MODEL, type Typed, writeGguf } from './write-gguf.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })

/** The small model with one key changed or added. */
const changed = (key: string, value: Typed): Buffer =>
  writeGguf({
    ...SMALL_MODEL,
    metadata: [...SMALL_MODEL.metadata.filter(([name]) => name !== key), [key, value]],
  })

describe('readGgufFile', () => {
  it('tells shape, weights and label of a model', async () => {
    const header = await readGgufFile(await put('small.gguf', writeGguf(SMALL_MODEL)))
    expect(header).toMatchObject({ parts: 1, quantization: 'Q4_K_M' })
    expect(header.architecture).toEqual({
      'general.architecture': 'llama',
      vocab_size: 4,
      tied_embeddings: true,
      attention_bias: false,
      block_count: 2,
      context_length: 4096,
      embedding_length: 64,
      feed_forward_length: 128,
      head_count: 4,
      head_count_kv: [2, 1],
      sliding_window_pattern: [true, false],
    })
    expect(header.weights).toMatchObject({
      token_embd_bytes: 272,
      other_bytes: 256,
      block_bytes: [4352, 8192],
    })
  })

  it('reads a file that is mostly a hole', async () => {
    const tensors = [{ name: 'blk.0.ffn_up.weight', shape: [4096, 1_000_000], type: 1, bytes: 0 }]
    const path = await put('sparse.gguf', writeGguf({ ...SMALL_MODEL, tensors }))
    await truncate(path, 8_192_001_000)
    expect((await readGgufFile(path)).weights.block_bytes).toEqual([8_192_000_000, 0])
  })

  it('works for architectures it has never heard of', async () => {
    const metadata = SMALL_MODEL.metadata.map(([key, value]): [string, Typed] =>
      key === 'general.architecture'
        ? [key, ['string', 'brandnew']]
        : [key.replace('llama.', 'brandnew.'), value],
    )
    const path = await put('new.gguf', writeGguf({ ...SMALL_MODEL, metadata }))
    expect((await readGgufFile(path)).weights.block_bytes).toEqual([4352, 8192])
  })

  it.each<[string, Uint8Array, RegExp]>([
    ['no architecture', changed('general.architecture', ['u32', 3]), /names no architecture/],
    ['a projector', changed('general.architecture', ['string', 'clip']), /vision projector/],
    ['an adapter', changed('general.type', ['string', 'adapter']), /of type adapter/],
    ['no blocks', changed('llama.block_count', ['u32', 0]), /no llama\.block_count/],
    ['too many blocks', changed('llama.block_count', ['u32', 1_000_000]), /./],
    ['a negative number', changed('llama.embedding_length', ['i32', -1]), /whole number/],
    ['a fraction', changed('llama.expert_count', ['f32', 1.5]), /whole number/],
    [
      'more experts for a token than can be',
      changed('llama.expert_used_count', ['u32', 2 ** 31]),
      /expert_used/,
    ],
    ['endless streams', changed('llama.altup.num_inputs', ['u32', 65]), /altup/],
    ['NaN', changed('llama.expert_count', ['f32', NaN]), /whole number/],
    ['a text', changed('llama.attention.head_count', ['string', '4']), /whole number/],
    ['2^64 - 1', changed('llama.context_length', ['u64', 2n ** 64n - 1n]), /whole number/],
    [
      'too short a list',
      changed('llama.attention.head_count_kv', ['array', 'i32', [1]]),
      /1 numbers for 2 blocks/,
    ],
    ['missing parts', changed('split.count', ['u32', 3]), /one of 3 parts/],
  ])('refuses a header with %s', async (what, bytes, message) => {
    const path = await put(`${what.replace(/\W/g, '')}.gguf`, bytes)
    await expect(readGgufFile(path)).rejects.toThrow(refusal('BAD_FILE', message))
  })

  it('says what it cannot open', async () => {
    const missing = join(folder, 'missing.gguf')
    await expect(readGgufFile(missing)).rejects.toThrow(refusal('FILE_ERROR', /no such file/))
    await mkdir(join(folder, 'folder.gguf'))
    await expect(readGgufFile(join(folder, 'folder.gguf'))).rejects.toThrow(refusal('BAD_FILE', /not a file/))
  })
})

/** A model in two parts, as gguf-split writes them. */
function twoParts(): [Buffer, Buffer] {
  const split = (no: number): [string, Typed][] => [
    ['split.no', ['u32', no]],
    ['split.count', ['u32', 2]],
  ]
  const { metadata, tensors } = SMALL_MODEL
  return [
    writeGguf({ metadata: [...metadata, ...split(0)], tensors: tensors.slice(0, 2) }),
    writeGguf({ metadata: split(1), tensors: tensors.slice(2) }),
  ]
}

describe('split models', () => {
  it('are read whole, given any part', async () => {
    const [first, second] = twoParts()
    const paths = [await put('m-00001-of-00002.gguf', first), await put('m-00002-of-00002.gguf', second)]
    for (const path of paths) {
      const header = await readGgufFile(path)
      expect(header).toMatchObject({ parts: 2, file_bytes: first.length + second.length })
      expect(header.tensors.map(({ part }) => part)).toEqual([0, 0, 1, 1])
      expect(header.weights.block_bytes).toEqual([4352, 8192])
    }
  })

  it('say which part is missing', async () => {
    const path = await put('n-00001-of-00002.gguf', twoParts()[0])
    await expect(readGgufFile(path)).rejects.toThrow(refusal('BAD_FILE', /part 2 of 2 is missing/))
  })

  it('must be in order', async () => {
    const [first, second] = twoParts()
    await put('o-00001-of-00002.gguf', second)
    const path = await put('o-00002-of-00002.gguf', first)
    await expect(readGgufFile(path)).rejects.toThrow(refusal('BAD_FILE', /says it is part/))
  })

  it.each([
    ['x.gguf', ['x.gguf']],
    ['x-00003-of-00002.gguf', ['x-00003-of-00002.gguf']],
    ['x-00000-of-00002.gguf', ['x-00000-of-00002.gguf']],
    ['a/x-00002-of-00002.gguf', ['a/x-00001-of-00002.gguf', 'a/x-00002-of-00002.gguf']],
  ])('name their parts: %s', (name, parts) => {
    expect(partNames(name)).toEqual(parts)
  })

  it('have no more than 500 parts', () => {
    expect(() => partNames('x-00001-of-99999.gguf')).toThrow(refusal('BAD_FILE', /99999 parts/))
  })
})

describe('readGgufStart', () => {
  it('waits for the header of a growing file, then knows all of it', async () => {
    const bytes = writeGguf(SMALL_MODEL)
    const path = await put('growing.part', bytes.subarray(0, 1500))
    const start = (there: number) => readGgufStart(path, { bytes: there, file_bytes: bytes.byteLength })
    expect(await start(100)).toBeNull()
    expect((await start(1500))?.weights.block_bytes).toEqual([4352, 8192])
  })

  it('shares out the size of all parts when only the first has come', async () => {
    const [first] = twoParts()
    const path = await put('first.part', first)
    const arrived = { bytes: first.length, file_bytes: first.length, total_bytes: 1_000_000 }
    const memory = await readGgufStart(path, arrived)
    expect(memory?.architecture.block_count).toBe(2)
    expect(memory?.weights.basis).toBe('scaled')
  })
})
