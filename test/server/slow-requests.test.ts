import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { startFake } from './start.js'

const { port, ask } = await startFake(undefined, {
  limits: { headers_s: 0.2, request_s: 0.4, keep_alive_s: 0.2, check_s: 0.05 },
})
const own = `Host: 127.0.0.1:${port}\r\n`

/** Sends a beginning, then a little more now and then; everything that comes back until the server hangs up. */
function dripUntilClosed(beginning: string, drop: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    const timer = setInterval(() => socket.write(drop), 50)
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(timer)
      resolve(answer)
    })
    socket.write(beginning)
  })
}

describe('a request that never arrives whole', () => {
  it.each([
    ['headers without end', `GET /health HTTP/1.1\r\n${own}`, 'X: y\r\n'],
    [
      'a body without end',
      `POST /api/model/switch HTTP/1.1\r\n${own}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{`,
      ' ',
    ],
    [
      'chunks without end',
      `POST /api/model/switch HTTP/1.1\r\n${own}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      '1\r\n \r\n',
    ],
    ['a connection without a word', '', ''],
  ])('is told so and dropped: %s', async (_, beginning, drop) => {
    const answer = await dripUntilClosed(beginning, drop)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toMatch(/\{"detail":"[^"]+"\}$/)
  })

  it('holds up nobody else', async () => {
    const slow = Array.from({ length: 50 }, () =>
      dripUntilClosed(`GET /health HTTP/1.1\r\n${own}`, 'X: y\r\n'),
    )
    expect((await ask('/health')).status).toBe(200)
    await Promise.all(slow)
  })
})

it('a connection without a next question is closed after its answer', async () => {
  const answer = await dripUntilClosed(`GET /health HTTP/1.1\r\n${own}\r\n`, '')
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
})
