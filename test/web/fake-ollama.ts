import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeOllama {
  url: string
  /** Bytes that are there at the start of each pull: what an earlier one left. */
  pulls: number[]
  /** Stops at 40% until it is called. */
  release(): void
  names: string[]
  close(): Promise<void>
}

const TOTAL = 400_000_000
const DIGEST = `sha256:${'ab'.repeat(32)}`

/** An Ollama that pulls slowly, keeps what it has when the client goes, and resumes there. */
export async function startOllama(): Promise<FakeOllama> {
  const pulls: number[] = []
  const names = ['my/<img src=x onerror=alert(1)>\u202etune:7b']
  let completed = 0
  let held = true
  const server = createServer((request, response) => {
    const path = `${request.method} ${request.url}`
    const json = (value: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    if (path === 'GET /') return void response.end('Ollama is running')
    if (path === 'GET /api/version') return void json({ version: '0.12.6' })
    if (path === 'GET /api/ps') return void json({ models: [] })
    if (path === 'GET /api/tags') {
      return void json({ models: names.map((name) => ({ name, model: name, size: TOTAL, details: {} })) })
    }
    if (path === 'POST /api/show') return void json({ capabilities: ['completion'] })
    if (path === 'DELETE /api/delete') {
      names.pop()
      return void response.end()
    }
    if (path !== 'POST /api/pull') return void response.writeHead(404).end('not found')
    pulls.push(completed)
    const say = (line: object) => response.write(`${JSON.stringify(line)}\n`)
    say({ status: 'pulling manifest' })
    const timer = setInterval(() => {
      if (!held || completed < TOTAL * 0.4) completed = Math.min(TOTAL, completed + TOTAL * 0.05)
      say({ status: `pulling ${DIGEST.slice(7, 19)}`, digest: DIGEST, total: TOTAL, completed })
      if (completed < TOTAL) return
      clearInterval(timer)
      names.push('qwen3:0.6b')
      say({ status: 'verifying sha256 digest' })
      response.end(`${JSON.stringify({ status: 'success' })}\n`)
    }, 40)
    response.on('close', () => clearInterval(timer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    pulls,
    names,
    release: () => void (held = false),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
