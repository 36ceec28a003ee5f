import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net'

export interface FaultServer {
  url: string
  port: number
  /** `METHOD /path` of every request that arrived. */
  requests: string[]
  /** Headers of every request that arrived. */
  headers: IncomingMessage['headers'][]
  /** Sockets that are open now. */
  openSockets(): number
  close(): Promise<void>
}

async function listen(server: Server, host: string): Promise<{ port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  return { port: (server.address() as AddressInfo).port, sockets }
}

async function finish(server: Server, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

/** A server on a free port of 127.0.0.1 (or `host`) that answers as the listener says. */
export async function startServer(listener: RequestListener, host = '127.0.0.1'): Promise<FaultServer> {
  const requests: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    headers.push(request.headers)
    response.on('error', () => {})
    listener(request, response)
  })
  const { port, sockets } = await listen(server, host)
  const shownHost = host.includes(':') ? `[${host}]` : host
  return {
    url: `http://${shownHost}:${port}`,
    port,
    requests,
    headers,
    openSockets: () => sockets.size,
    close: () => finish(server, sockets),
  }
}

/** A server that speaks no HTTP of its own: the handler gets the bare socket. */
export async function startSocketServer(handler: (socket: Socket) => void): Promise<FaultServer> {
  const server = createSocketServer(handler)
  const { port, sockets } = await listen(server, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: [],
    headers: [],
    openSockets: () => sockets.size,
    close: () => finish(server, sockets),
  }
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = await startSocketServer(() => {})
  await server.close()
  return server.port
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

export async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
