import { describe, expect, it } from 'vitest'
import { parseInstallTarget } from '../../src/install/install-target.js'

describe('parseInstallTarget', () => {
  it.each([
    'hf:a/b/../c.gguf',
    'hf:a/b//c.gguf',
    'hf:a/b/c.bin',
    'hf:a/b',
    'hf:/b/c.gguf',
    'hf:a/b/c%2e.gguf',
    'hf:-a/b/c.gguf',
    'hf:a/b/x\u0000.gguf',
  ])('refuses %j before anything is asked', async (spec) =>
    expect(parseInstallTarget(spec)).rejects.toMatchObject({ code: 'BAD_USAGE' }),
  )
  it('finds every part of a split file from any of them', async () => {
    const { files } = await parseInstallTarget('hf:o/r/dir/m-Q4_K_M-00002-of-00003.gguf')
    expect(files.map(({ name }) => name)).toEqual(
      [1, 2, 3].map((part) => `dir/m-Q4_K_M-0000${part}-of-00003.gguf`),
    )
  })
  it('takes the default build, or the one that is named', async () => {
    expect((await parseInstallTarget('qwen3:8b')).quantization).toBe('Q4_K_M')
    expect((await parseInstallTarget('qwen3:8b@q8_0')).quantization).toBe('Q8_0')
    await expect(parseInstallTarget('qwen3:8b@Q9')).rejects.toMatchObject({ code: 'UNKNOWN_BUILD' })
    await expect(parseInstallTarget('nobody:7b')).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' })
  })
})
