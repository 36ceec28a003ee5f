import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProviders, parseOllamaHost, parseServerUrl } from '../../src/providers/index.js'
import { RECORDINGS, TABLE } from './fake-servers.js'

describe('parseOllamaHost', () => {
  it.each([
    [undefined, 'http://127.0.0.1:11434'],
    ['', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['0', 'http://127.0.0.1:11434'],
    ['box.lan', 'http://box.lan:11434'],
    ['Box.LAN:81', 'http://box.lan:81'],
    [':4000', 'http://127.0.0.1:4000'],
    ['10.1.2.3:', 'http://10.1.2.3:11434'],
    ['10.1.2.3:port', 'http://10.1.2.3:11434'],
    ['10.1.2.3:-1', 'http://10.1.2.3:11434'],
    ['10.1.2.3:70000', 'http://10.1.2.3:11434'],
    ['http://box', 'http://box:80'],
    ['https://box', 'https://box:443'],
    ['https://box:1/sub/path/', 'https://box:1/sub/path'],
    ['HTTP://box', 'http://box:11434'],
    ['ollama.com', 'https://ollama.com:443'],
    ['::', 'http://[::1]:11434'],
    ['[::]:5', 'http://[::1]:5'],
    ['0:0:0:0:0:0:0:0', 'http://[::1]:11434'],
    ['::ffff:0.0.0.0', 'http://127.0.0.1:11434'],
    ['[::1', 'http://[::1]:11434'],
    ['fe80::12', 'http://[fe80::12]:11434'],
    [`"' 10.1.2.3 '"`, 'http://10.1.2.3:11434'],
    ['\t10.1.2.3\n', 'http://10.1.2.3:11434'],
  ])('reads %j as %s', (value, url) => {
    expect(parseOllamaHost(value)).toBe(url)
  })

  it.each(['ftp://box', 'me:secret@box', 'me@box:1', 'a b', 'http://a b', '1.2.3.4.5.6', 'box?x', '://'])(
    'has no address for %j',
    (value) => {
      expect(parseOllamaHost(value)).toBeNull()
    },
  )

  it('gives nothing or an address that can be asked, whatever is in the variable', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'[]:/.0129a@%"\' ') }))
    const property = fc.property(texts, (text) => {
      const url = parseOllamaHost(text)
      if (url !== null) expect(new URL(url).protocol).toMatch(/^https?:$/)
    })
    fc.assert(property, { numRuns: 2000 })
  })

  const file = `${RECORDINGS}/ollama/env-OLLAMA_HOST.json`
  it.skipIf(!existsSync(file))("agrees with the vendor's own table", () => {
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
      cases: { value: string; client_url: string }[]
    }
    const answers = cases.map(({ value }) => parseOllamaHost(value))
    expect(answers).toEqual(cases.map((row) => row.client_url))
  })
})

describe('parseServerUrl', () => {
  it.each([
    ['http://127.0.0.1:1234', 'http://127.0.0.1:1234'],
    ['http://127.0.0.1:1234/', 'http://127.0.0.1:1234'],
    ['localhost:1234/v1', 'http://localhost:1234'],
    ['http://box/lm/api/v1/', 'http://box/lm'],
    ['box', 'http://box:1234'],
    ['http://box', 'http://box'],
    ['box:80', 'http://box'],
    ['ws://box:4', 'http://box:4'],
    ['0.0.0.0:9', 'http://127.0.0.1:9'],
    ['http://[::]:9', 'http://[::1]:9'],
    [':99', 'http://127.0.0.1:99'],
    ['"http://box:7"', 'http://box:7'],
  ])('reads %j as %s', (value, url) => {
    expect(parseServerUrl(value, 1234)).toBe(url)
  })

  it.each(['file:///etc/passwd', 'http://me:secret@box', 'a b', 'http://', 'box:99999'])(
    'refuses %j',
    (value) => {
      expect(parseServerUrl(value, 1234)).toBeNull()
    },
  )
})

describe('an address that cannot be asked', () => {
  it.each(['ftp://box', ':0'])('is a bad_address problem: OLLAMA_HOST=%s', async (value) => {
    const report = await createProviders(TABLE, { OLLAMA_HOST: value }).ollama.list()
    expect(report).toMatchObject({ status: 'problem', models: [], problems: [{ kind: 'bad_address' }] })
    expect(report.problems[0]?.hint).toContain('OLLAMA_HOST')
  })

  it('is a bad_address problem of the other two as well, and is not shown', async () => {
    const env = { LM_STUDIO_URL: 'http://me:secret@box', LLAMA_SERVER_URL: 'a b' }
    const providers = createProviders(TABLE, env)
    const reports = [await providers.lmstudio.list(), await providers['llama-server'].list()]
    expect(reports.map((report) => report.problems[0]?.kind)).toEqual(['bad_address', 'bad_address'])
    expect(JSON.stringify(reports)).not.toContain('secret')
  })
})
