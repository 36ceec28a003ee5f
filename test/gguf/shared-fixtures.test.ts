import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGgufFile } from '../../src/gguf/index.js'

const FOLDER = resolve(process.cwd(), '../shared/fixtures/gguf')

describe.skipIf(!existsSync(FOLDER))('files of other writers', () => {
  it.each([
    ['le-small', 'little', 1],
    ['be-small', 'big', 1],
    ['extra', 'little', 1],
    ['t-BF16', 'little', 2],
    ['t-IQ2_XXS', 'little', 2],
    ['t-MXFP4', 'little', 2],
    ['t-NVFP4', 'little', 2],
    ['t-Q1_0', 'little', 2],
    ['t-TQ2_0', 'little', 2],
  ])('reads %s', async (name, endianness, tensors) => {
    const header = await readGgufFile(resolve(FOLDER, `${name}.gguf`))
    expect(header.endianness).toBe(endianness)
    expect(header.tensors).toHaveLength(tensors)
    expect(header.tensors.every(({ bytes }) => bytes > 0)).toBe(true)
    expect(() => JSON.stringify([...header.metadata])).not.toThrow()
  })

  it('reads the same model in either byte order', async () => {
    const [little, big] = await Promise.all(
      ['le-small', 'be-small'].map((name) => readGgufFile(resolve(FOLDER, `${name}.gguf`))),
    )
    expect(big?.architecture).toEqual(little?.architecture)
    expect({ ...big?.weights, tensor_bytes: undefined }).toEqual({
      ...little?.weights,
      tensor_bytes: undefined,
    })
  })

  it.each([
    ['trunc-header', /within its header/],
    ['trunc-20', /within its header/],
    ['empty', /empty/],
    ['html', /web page/],
    ['lfs-pointer', /LFS pointer/],
    ['v1', /version 1/],
    ['v4', /version 4/],
    ['bomb-kv', /keys/],
    ['bomb-str', /within its header|key of the header/],
    ['dummy', /no architecture/],
    ['dummy-00002-of-00002', /no architecture/],
  ])('refuses %s in one line', async (name, message) => {
    await expect(readGgufFile(resolve(FOLDER, `${name}.gguf`))).rejects.toThrow(
      expect.objectContaining({ code: 'BAD_FILE', message: expect.stringMatching(message) }),
    )
  })
})
