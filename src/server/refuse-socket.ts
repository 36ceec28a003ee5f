import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers what never became a request, in the form that all errors have, and closes the connection. */
export function refuseSocket(socket: Duplex, { status, detail }: { status: number; detail: string }): void {
  const body = JSON.stringify({ detail })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
