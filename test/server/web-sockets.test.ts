import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startFake } from './start.js'

const server = await startFake()

/** What a socket says until it closes, or the status that refused it. */
function talk(path: string, message: string, headers: Record<string, string> = {}): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, { headers })
    const heard: unknown[] = []
    socket.on('open', () => socket.send(message))
    socket.on('message', (data) => heard.push(JSON.parse(String(data))))
    socket.on('close', () => resolve(heard))
    socket.on('unexpected-response', (_, response) => {
      resolve([response.statusCode])
      socket.terminate()
    })
    socket.on('error', reject)
  })
}

describe('WebSockets', () => {
  it.each([
    ['/api/model/pull-ws', 'tinyllama:1.1b'],
    ['/api/model/download-gguf-ws', 'qwen3:8b'],
  ])('%s sends the events of a download and closes', async (path, model) => {
    const heard = await talk(path, JSON.stringify({ model }))
    expect(heard.at(-1)).toMatchObject({ type: 'complete', model, percent: 100, success: true })
  })

  it.each(['hello', '[]', '{}', '{"model":1}', '{"model":"-x"}'])(
    'answers %j with an error',
    async (message) => {
      expect(await talk('/api/model/pull-ws', message)).toEqual([
        expect.objectContaining({ type: 'error', success: false }),
      ])
    },
  )

  it.each([
    ['a foreign page', '/api/model/pull-ws', { origin: 'http://evil.example' }, 403],
    ['a foreign name', '/api/model/pull-ws', { host: 'evil.example' }, 403],
    ['a cross-site handshake', '/api/model/pull-ws', { 'sec-fetch-site': 'cross-site' }, 403],
    ['an unknown path', '/api/model/other-ws', {}, 404],
  ])('refuses %s', async (_, path, headers, status) => {
    expect(await talk(path, '{}', headers)).toEqual([status])
  })
})
