import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const SIZE = 4_000_000
const PIECE = SIZE / 50
const PAUSE_MS = 15

export interface SlowHub {
  url: string
  content: Buffer
  sha256: string
  /** First byte of each download. */
  starts: number[]
  /** From this byte on it sends next to nothing; Infinity: it does not tarry. */
  hold: number
  /** What a HEAD announces, and with which status it answers. */
  announced: { bytes: number; sha256: string; status: number }
  close(): Promise<void>
}

/** A hub of one file, which it sends piece by piece, from any byte on. */
export async function startHub(): Promise<SlowHub> {
  const content = randomBytes(SIZE)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const hub: SlowHub = {
    url: '',
    content,
    sha256,
    starts: [],
    hold: Infinity,
    announced: { bytes: SIZE, sha256, status: 200 },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const server = createServer((request, response) => {
    const { bytes, sha256: announced, status } = hub.announced
    if (status !== 200) return void response.writeHead(status).end()
    if (request.method === 'HEAD') {
      return void response.writeHead(200, { 'x-linked-size': bytes, 'x-linked-etag': `"${announced}"` }).end()
    }
    sendSlowly(hub, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return hub
}

function sendSlowly(hub: SlowHub, request: IncomingMessage, response: ServerResponse): void {
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
  hub.starts.push(start)
  const headers = { 'content-length': SIZE - start, etag: '"v1"' }
  if (start === 0) response.writeHead(200, headers)
  else response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${SIZE - 1}/${SIZE}` })
  let sent = start
  const timer = setInterval(() => {
    const next = Math.min(SIZE, sent + (sent < hub.hold ? PIECE : 1))
    response.write(hub.content.subarray(sent, next))
    sent = next
    if (sent < SIZE) return
    clearInterval(timer)
    response.end()
  }, PAUSE_MS)
  response.on('close', () => clearInterval(timer))
}
