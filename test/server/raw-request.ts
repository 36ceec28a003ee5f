import { connect } from 'node:net'

/** Sends bytes as they are and gives everything that comes back until the server closes or falls silent. */
export function sendRaw(
  port: number,
  text: string,
  quiet_ms = 3000,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    const finish = (): void => {
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), text: answer })
    }
    socket.setTimeout(quiet_ms, finish)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (isComplete(answer)) finish()
    })
    socket.on('close', finish)
    socket.on('error', (error) => (answer === '' ? reject(error) : finish()))
    socket.write(text)
  })
}

function isComplete(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  return end >= 0 && length !== undefined && answer.length >= end + 4 + Number(length)
}
