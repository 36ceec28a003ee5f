import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface FakeHub {
  endpoint: string
  /** Method and path of every request, with the range where one was asked. */
  requests: string[]
  headers: IncomingMessage['headers'][]
  close(): Promise<void>
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A server on the loopback interface; every test closes its own. */
export async function startHub(handler: Handler): Promise<FakeHub> {
  const requests: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    requests.push(
      `${request.method} ${request.url}${request.headers.range ? ` ${request.headers.range}` : ''}`,
    )
    headers.push(request.headers)
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    headers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Answers HEAD as the hub does for a large file, and GET with ranges. */
export function serveFile(content: Uint8Array, announced = sha256(content)): Handler {
  return (request, response) => {
    if (request.method === 'HEAD') {
      response
        .writeHead(200, { 'x-linked-size': content.byteLength, 'x-linked-etag': `"${announced}"` })
        .end()
      return
    }
    sendPart(request, response, content)
  }
}

export function sendPart(request: IncomingMessage, response: ServerResponse, content: Uint8Array): void {
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? NaN)
  if (Number.isNaN(start)) {
    response.writeHead(200, { 'content-length': content.byteLength, etag: '"v1"' }).end(content)
  } else if (start >= content.byteLength) {
    response.writeHead(416).end()
  } else {
    const end = content.byteLength - 1
    response
      .writeHead(206, {
        'content-range': `bytes ${start}-${end}/${content.byteLength}`,
        'content-length': content.byteLength - start,
        etag: '"v1"',
      })
      .end(content.subarray(start))
  }
}
