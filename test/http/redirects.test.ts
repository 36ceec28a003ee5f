import { afterEach, describe, expect, it } from 'vitest'
import { fetchText, httpRequest } from '../../src/http/index.js'
import { startServer, type FaultServer } from './fault-server.js'

const servers: FaultServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function redirecting(location: (path: string) => string | null): Promise<FaultServer> {
  const server = await startServer((request, response) => {
    const target = location(request.url ?? '/')
    if (target === null) return void response.end('arrived')
    response.writeHead(302, { location: target, 'x-linked-size': '7' }).end()
  })
  servers.push(server)
  return server
}

describe('redirects', () => {
  it('are the response where the caller wants to see them', async () => {
    const server = await redirecting(() => 'http://elsewhere.invalid/')
    const response = await httpRequest(server.url, { method: 'HEAD', redirect: 'manual' })
    expect(response).toMatchObject({ status: 302, headers: { 'x-linked-size': '7' } })
    response.close()
  })

  it('carry the token on the same origin and drop it on another', async () => {
    const target = await redirecting(() => null)
    const origin = await redirecting((path) => (path === '/a' ? '/b' : `${target.url}/file`))
    const options = {
      redirect: 'follow',
      token: 'secret',
      headers: { cookie: 'c=1', range: 'bytes=0-' },
    } as const
    expect((await fetchText(`${origin.url}/a`, options)).text).toBe('arrived')
    expect(origin.headers.map((headers) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret'])
    expect(target.headers[0]).not.toHaveProperty('authorization')
    expect(target.headers[0]).not.toHaveProperty('cookie')
    expect(target.headers[0]).toHaveProperty('range')
  })

  it('do not give the token back to an origin that is come back to', async () => {
    let back = ''
    const middle = await redirecting(() => back)
    const origin = await redirecting((path) => (path === '/a' ? middle.url : null))
    back = `${origin.url}/end`
    await fetchText(`${origin.url}/a`, { redirect: 'follow', token: 'secret' })
    expect(origin.headers[1]).not.toHaveProperty('authorization')
  })

  it.each([
    ['in a loop', '/again', 'GET'],
    ['without an address', '', 'GET'],
    ['to another protocol', 'file:///etc/passwd', 'GET'],
    ['of a request that changes something', '/other', 'POST'],
  ] as const)('%s end with a failure', async (_name, location, method) => {
    const server = await redirecting(() => location)
    const asked = fetchText(`${server.url}/again`, { redirect: 'follow', method })
    await expect(asked).rejects.toMatchObject({ kind: expect.stringMatching(/^(redirected|bad_address)$/) })
    expect(server.requests.length).toBeLessThanOrEqual(6)
  })
})
