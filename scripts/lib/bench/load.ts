import { connect } from 'node:net'
import type { Socket } from 'node:net'

const CONNECTIONS = 10
const HEAD_END = '\r\n\r\n'

export interface Load {
  requests_per_s: number
  /** Of one answer's body. */
  bytes: number
}

/**
 * Asks one address again and again over a few connections that stay open, each waiting for its answer before the
 * next question, for a bounded time. Reads no more of an answer than its length, so that the server is the slow part.
 *
 * @throws {Error} Where an answer is not 200, has no length, or a connection breaks.
 */
export async function loadServer(url: string, seconds: number): Promise<Load> {
  const { hostname, port, pathname, search } = new URL(url)
  const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`
  const start = performance.now()
  const end = start + seconds * 1000
  const runs = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => askUntil(connect(Number(port), hostname), request, end)),
  )
  const answers = runs.reduce((sum, run) => sum + run.answers, 0)
  return { requests_per_s: (answers * 1000) / (performance.now() - start), bytes: runs[0]?.bytes ?? 0 }
}

function askUntil(socket: Socket, request: string, end: number): Promise<{ answers: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    let answers = 0
    let bytes = 0
    let left = 0
    const finish = (): void => {
      socket.destroy()
      resolve({ answers, bytes })
    }
    socket.setNoDelay(true)
    socket.once('error', reject)
    socket.once('end', () => reject(new Error('the server closed the connection')))
    socket.on('data', (chunk: Buffer) => {
      if (left === 0) {
        const head = readHead(chunk)
        if (!head)
          return void socket.destroy(new Error(`no answer with a length: ${chunk.toString('latin1', 0, 60)}`))
        bytes = head.body_bytes
        left = head.bytes + head.body_bytes
      }
      left -= chunk.byteLength
      if (left > 0) return
      answers++
      if (performance.now() >= end) return finish()
      socket.write(request)
    })
    socket.write(request)
  })
}

/** Lengths of the head, which comes in one piece over loopback, and of the body that it announces. */
function readHead(chunk: Buffer): { bytes: number; body_bytes: number } | null {
  const end = chunk.indexOf(HEAD_END)
  const head = chunk.toString('latin1', 0, Math.max(end, 0))
  const length = /^HTTP\/1\.1 200 [^]*\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  return length === undefined ? null : { bytes: end + HEAD_END.length, body_bytes: Number(length) }
}
