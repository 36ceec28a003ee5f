import { describe, expect, it } from 'vitest'
import { hfFileUrl, parseHfSpec } from '../../src/gguf/index.js'

describe('parseHfSpec', () => {
  it('takes owner, repository and a path apart', () => {
    expect(parseHfSpec('hf:a/b/Q4_K_M/x.gguf')).toEqual({
      repo: 'a/b',
      owner: 'a',
      name: 'b',
      file: 'Q4_K_M/x.gguf',
    })
  })

  it.each([
    ['hf:_o.w-n/R_e.p-o/file.gguf', 'file.gguf'],
    ['hf:o/r/with blank (1) [2] + more.gguf', 'with blank (1) [2] + more.gguf'],
    ['hf:o/r/модель-模型.gguf', 'модель-模型.gguf'],
    ['hf:o/r/.gguf', '.gguf'],
    ['hf:o/r/a/b/c/..d.gguf', 'a/b/c/..d.gguf'],
  ])('accepts %s', (spec, file) => {
    expect(parseHfSpec(spec).file).toBe(file)
  })

  it.each([
    '',
    'hf:',
    'hf:o/r',
    'hf:o/r/',
    'hf:o/r/x.bin',
    'hf:o/r/x.GGUF',
    'hf:o/r/x.gguf/',
    'hf:o/r//x.gguf',
    'hf:o/r/./x.gguf',
    'hf:o/r/../x.gguf',
    'hf:../r/x.gguf',
    'hf:-o/r/x.gguf',
    'hf:o/.r/x.gguf',
    'hf:o r/r/x.gguf',
    'hf:o/r/a\\b.gguf',
    'hf:o/r/a%2fb.gguf',
    'hf:o/r/a?b.gguf',
    'hf:o/r/a#b.gguf',
    'hf:o/r/a:b.gguf',
    'hf:o/r/a*b.gguf',
    'hf:o/r/a"b.gguf',
    'hf:o/r/a<b.gguf',
    'hf:o/r/a|b.gguf',
    'hf:o/r/a\u0000b.gguf',
    'hf:o/r/a\nb.gguf',
    'hf:o/r/a\u0085b.gguf',
    'hf:o/r/\ud800.gguf',
    `hf:o/r/${'x'.repeat(2000)}.gguf`,
    'HF:o/r/x.gguf',
    'https://huggingface.co/o/r/resolve/main/x.gguf',
  ])('refuses %j as wrong use', (spec) => {
    expect(() => parseHfSpec(spec)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }))
  })
})

describe('hfFileUrl', () => {
  it('percent-encodes each part of the path', () => {
    const spec = parseHfSpec('hf:a/b/sub dir/x+y é.gguf')
    expect(hfFileUrl(spec).href).toBe('https://huggingface.co/a/b/resolve/main/sub%20dir/x%2By%20%C3%A9.gguf')
  })

  it.each([
    ['http://localhost:8080/', 'http://localhost:8080/a/b/resolve/main/x.gguf'],
    ['https://mirror.example/hf', 'https://mirror.example/hf/a/b/resolve/main/x.gguf'],
    ['  ', 'https://huggingface.co/a/b/resolve/main/x.gguf'],
  ])('starts from HF_ENDPOINT %j', (endpoint, url) => {
    expect(hfFileUrl(parseHfSpec('hf:a/b/x.gguf'), endpoint).href).toBe(url)
  })

  it.each(['file:///etc', 'javascript:alert(1)', 'not a url'])('refuses HF_ENDPOINT %j', (bad) => {
    expect(() => hfFileUrl(parseHfSpec('hf:a/b/x.gguf'), bad)).toThrow(
      expect.objectContaining({ code: 'BAD_USAGE' }),
    )
  })
})
