import { describe, expect, it } from 'vitest'
import { readLines } from '../../src/cli/read-lines.js'

async function linesOf(...chunks: (Buffer | string)[]): Promise<string[]> {
  const lines: string[] = []
  for await (const line of readLines(chunksOf(chunks))) lines.push(line)
  return lines
}

async function* chunksOf(chunks: readonly (Buffer | string)[]): AsyncGenerator<Buffer | string> {
  for (const chunk of chunks) yield await Promise.resolve(chunk)
}

describe('readLines', () => {
  it.each([
    ['an empty line is a line', ['a\n\nb'], ['a', '', 'b']],
    ['a last LF starts no line', ['a\n'], ['a']],
    ['nothing has no line', [''], []],
    ['CR belongs to LF', ['a\r\nb\r\n'], ['a', 'b']],
    ['CR alone is part of a line', ['a\rb\n'], ['a\rb']],
    ['no other separator of Unicode ends a line', ['a\u2028b\u2029c\u0085d\n'], ['a\u2028b\u2029c\u0085d']],
    ['a line may come in parts', ['qwe', 'n3', ':8b\nph', 'i4'], ['qwen3:8b', 'phi4']],
    ['NUL is a character', ['a\0b\n'], ['a\0b']],
  ])('%s', async (_why, chunks, lines) => {
    expect(await linesOf(...chunks)).toEqual(lines)
  })

  it('joins a character that two chunks share, and replaces bytes that are none', async () => {
    const [head, tail] = [Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a, 0xff, 0xfe, 0x0a])]
    expect(await linesOf(head, tail)).toEqual(['é', '\ufffd\ufffd'])
  })

  it('drops a byte order mark in front only', async () => {
    expect(await linesOf('\ufeffphi4\n\ufeffphi4\n')).toEqual(['phi4', '\ufeffphi4'])
  })

  it('keeps the start of an endless line, and the next line whole', async () => {
    const lines = await linesOf(...Array.from({ length: 40 }, () => 'a'.repeat(10_000)), '\nqwen3:8b')
    expect(lines.map((line) => line.length)).toEqual([65_536, 8])
  })
})
