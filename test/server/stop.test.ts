import { connect } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startServer } from '../../src/server/index.js'
import { fakeWorld } from './fake-ports.js'

const LIMIT_MS = 3000

describe('stopping', () => {
  it('ends in time with everything open that a client can leave open', async () => {
    const world = fakeWorld()
    world.hanging.add('ollama')
    world.install = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', reject))
    const server = await startServer({ port: 0, ports: world.ports })
    const port = Number(new URL(server.url).port)
    const host = `Host: 127.0.0.1:${port}`
    const half = [
      '',
      `GET /health HTTP/1.1\r\n${host}\r\n\r\n`,
      `GET /health HTTP/1.1\r\n${host}\r\nX: `,
      `POST /api/model/switch HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{`,
      `GET /api/model/registry HTTP/1.1\r\n${host}\r\n\r\n`,
    ]
    for (const text of half) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      await once(socket, 'connect')
      socket.write(text)
    }
    const ask = {
      method: 'POST',
      body: '{"model":"qwen3:8b"}',
      headers: { 'content-type': 'application/json' },
    }
    const stream = await fetch(`${server.url}/api/model/download-gguf-stream`, ask)
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/model/pull-ws`)
    socket.on('error', () => {})
    await once(socket, 'open')
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(LIMIT_MS)
    await stream.text().catch(() => '')
    if (socket.readyState !== socket.CLOSED) await once(socket, 'close')
  })

  it('says in one line that a port is taken', async () => {
    const world = fakeWorld()
    const first = await startServer({ port: 0, ports: world.ports })
    const port = Number(new URL(first.url).port)
    await expect(startServer({ port, ports: world.ports })).rejects.toMatchObject({
      message: `127.0.0.1:${port} is in use`,
    })
    await first.close()
  })
})
