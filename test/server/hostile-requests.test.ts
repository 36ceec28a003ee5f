import { describe, expect, it } from 'vitest'
import { sendRaw } from './raw-request.js'
import { startFake } from './start.js'

const server = await startFake()
const { port } = server
const own = `Host: 127.0.0.1:${port}`

function get(path: string, ...headers: string[]): string {
  return [`GET ${path} HTTP/1.1`, ...headers, '', ''].join('\r\n')
}

function post(path: string, body: string, ...headers: string[]): string {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  return [`POST ${path} HTTP/1.1`, ...headers, length, '', body].join('\r\n')
}

const JSON_TYPE = 'Content-Type: application/json'
const CONTEXT = '/api/model/context/llama3.2'

describe('who may ask', () => {
  it.each([
    ['127.0.0.1', own, 200],
    ['localhost in any case', `HOST: LocalHost:${port}`, 200],
    ['IPv6', `Host: [::1]:${port}`, 200],
    ['another name', `Host: evil.example:${port}`, 403],
    ['a name that resolves to us', `Host: 127.0.0.1.nip.io:${port}`, 403],
    ['no port', 'Host: localhost', 403],
    ['another port', 'Host: localhost:1', 403],
    ['a trailing dot', `Host: localhost.:${port}`, 403],
    ['user info', `Host: x@localhost:${port}`, 403],
    ['an empty Host', 'Host:', 403],
    ['two Hosts', `${own}\r\n${own}`, 400],
    ['two Hosts, one foreign', `${own}\r\nHost: evil.example`, 400],
    ['no Host', 'X-Nothing: 1', 400],
  ])('answers %s with %i', async (_, host, status) => {
    for (const path of ['/api/model/tiers', '/health', '/', '/nothing']) {
      const answer = await sendRaw(port, get(path, host))
      if (status === 200) expect(answer.status).toBe(path === '/nothing' ? 404 : 200)
      else expect(answer.status).toBe(status)
      expect(answer.text).not.toMatch(/access-control/i)
    }
  })

  it('refuses HTTP/1.0 without Host', async () => {
    expect((await sendRaw(port, 'GET /health HTTP/1.0\r\n\r\n')).status).toBe(400)
  })

  it.each([`http://127.0.0.1:${port}/health`, 'http://evil.example/health', '*'])(
    'refuses the target %s',
    async (target) => {
      const answer = await sendRaw(port, get(target, own))
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    },
  )
})

describe('where a change comes from', () => {
  it.each([
    ['our own page', [`Origin: http://127.0.0.1:${port}`], 200],
    ['our own page by name', [`Origin: http://localhost:${port}`, 'Sec-Fetch-Site: same-origin'], 200],
    ['a client without one', [], 200],
    ['another port', ['Origin: http://localhost:3000'], 403],
    ['https', [`Origin: https://localhost:${port}`], 403],
    ['elsewhere', ['Origin: http://evil.example'], 403],
    ['a sandbox', ['Origin: null'], 403],
    ['an empty one', ['Origin:'], 403],
    ['two of them', [`Origin: http://localhost:${port}`, 'Origin: http://evil.example'], 403],
    ['cross-site', ['Sec-Fetch-Site: cross-site'], 403],
    ['same-site', ['Sec-Fetch-Site: same-site'], 403],
  ])('answers %s with its status', async (_, headers, status) => {
    const answer = await sendRaw(port, post(CONTEXT, '{"context_size":4096}', own, JSON_TYPE, ...headers))
    expect(answer.status).toBe(status)
    expect(answer.text).not.toMatch(/access-control/i)
  })

  it.each(['OPTIONS', 'TRACE', 'PROPFIND', 'PUT', 'PATCH'])('has no %s', async (method) => {
    const ask = `${method} /api/model/install HTTP/1.1\r\n${own}\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n`
    const answer = await sendRaw(port, ask)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.text).not.toMatch(/access-control/i)
  })
})

describe('bodies', () => {
  const body = '{"context_size":4096}'
  it.each([
    ['no type', post(CONTEXT, body, own), 415],
    ['text', post(CONTEXT, body, own, 'Content-Type: text/plain'), 415],
    ['a form', post(CONTEXT, 'a=1', own, 'Content-Type: application/x-www-form-urlencoded'), 415],
    ['something like JSON', post(CONTEXT, body, own, 'Content-Type: application/json5'), 415],
    ['a compressed body', post(CONTEXT, body, own, JSON_TYPE, 'Content-Encoding: gzip'), 415],
    ['a charset', post(CONTEXT, body, own, 'Content-Type: application/json; charset=utf-8'), 200],
    ['an array', post(CONTEXT, '[4096]', own, JSON_TYPE), 400],
    ['null', post(CONTEXT, 'null', own, JSON_TYPE), 400],
    ['a text', post(CONTEXT, '"4096"', own, JSON_TYPE), 400],
    ['broken JSON', post(CONTEXT, '{"context_size":', own, JSON_TYPE), 400],
    ['nothing', post(CONTEXT, '', own, JSON_TYPE), 400],
    ['a number as text', post(CONTEXT, '{"context_size":"4096"}', own, JSON_TYPE), 400],
    ['a fraction', post(CONTEXT, '{"context_size":4096.5}', own, JSON_TYPE), 400],
    ['zero', post(CONTEXT, '{"context_size":0}', own, JSON_TYPE), 400],
    ['too much context', post(CONTEXT, '{"context_size":99999999}', own, JSON_TYPE), 400],
    ['a huge body', post(CONTEXT, `{"x":"${'a'.repeat(1024 ** 2)}"}`, own, JSON_TYPE), 413],
    ['a hostile prototype', post(CONTEXT, '{"__proto__":{"context_size":4096}}', own, JSON_TYPE), 400],
    [
      'a prototype beside',
      post(CONTEXT, '{"context_size":4096,"constructor":{"prototype":{"x":1}}}', own, JSON_TYPE),
      200,
    ],
  ])('answers %s with its status', async (_, text, status) => {
    const answer = await sendRaw(port, text)
    expect(answer.status).toBe(status)
    if (status >= 400) expect(answer.text).toMatch(/\{"detail":"[^"\n]+"\}$/)
    expect(answer.text).not.toMatch(/\bat .*\.(ts|js):\d+/)
  })

  it('counts a body that comes in chunks', async () => {
    const chunk = 'a'.repeat(64 * 1024)
    const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(20)
    const text = [`POST ${CONTEXT} HTTP/1.1`, own, JSON_TYPE, 'Transfer-Encoding: chunked', '', chunks].join(
      '\r\n',
    )
    expect((await sendRaw(port, `${text}0\r\n\r\n`)).status).toBe(413)
  })

  it('answers what is no HTTP', async () => {
    const answer = await sendRaw(port, 'hello\r\n\r\n')
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('{"detail"')
  })

  it('refuses huge headers', async () => {
    expect((await sendRaw(port, get('/health', own, `X: ${'a'.repeat(20_000)}`))).status).toBe(431)
  })
})

describe('queries and names', () => {
  it.each([
    '',
    'NaN',
    '1e309',
    '1e3',
    '0x18',
    '24gb',
    '-1',
    '+1',
    ' 24',
    'Infinity',
    '24,5',
    '٢٤',
    '1'.repeat(40),
    '9999999',
  ])('refuses %j GiB', async (value) => {
    const answer = await server.ask(`/api/model/recommendations?vram_gb=${encodeURIComponent(value)}`)
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ detail: expect.stringContaining('vram_gb') })
  })

  it.each(['?vram_gb=1&vram_gb=2', '?include_all=maybe', '?tool_capable_only=1&tool_capable_only=0'])(
    'refuses %s',
    async (query) => {
      expect((await server.ask(`/api/model/recommendations${query}`)).status).toBe(400)
    },
  )

  it('cuts the name of an unknown model', async () => {
    const { status, body } = await server.ask(`/api/model/${'x'.repeat(3000)}/quantizations`)
    expect(status).toBe(404)
    expect(JSON.stringify(body)).toContain(`"No model \\"${'x'.repeat(200)}\\" in`)
  })

  it.each([
    ['/api/model/%00%1b[31m/quantizations', 404],
    ['/api/model/%E0%A4%A/quantizations', 400],
    ['/api/model/..%2F..%2Fetc%2Fpasswd/quantizations', 404],
    ['/api/model/__proto__/quantizations', 404],
    ['/api/model/constructor/quantizations', 404],
    ['/api/model/providers/__proto__/models', 400],
    ['/api/model/registry?provider=nobody', 400],
    ['/api/model/context/nobody%3A1b', 404],
    ['/api/model/install/nothing', 404],
    ['/api/model/gate', 400],
    ['/api/model/gate?model=qwen3:8b&provider=nobody', 400],
    ['/api/model/gate?model=nobody:1b&provider=file', 404],
    ['/..%2f..%2fetc%2fpasswd', 404],
    ['/%2e%2e/%2e%2e/etc/passwd', 404],
    ['/api/model/pull-ws', 426],
  ])('answers %s with %i and one line', async (path, status) => {
    const answer = await sendRaw(port, get(path, own))
    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(/\{"detail":"[^\n]+"\}$/)
  })
})
