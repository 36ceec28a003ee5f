import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface OddServer {
  url: string
  close(): Promise<void>
}

/** A local server that answers as it is told, or not at all. */
export async function startOdd(answer: RequestListener): Promise<OddServer> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export const hangs: RequestListener = () => {}
export const fails: RequestListener = (_, response) => void response.writeHead(500).end('<h1>no</h1>')
export const babbles: RequestListener = (_, response) =>
  void response.setHeader('content-type', 'application/json').end('{"data":[{"id":7},"' + 'x'.repeat(200))

/** An Ollama that holds models of the given names. */
export function holds(names: readonly string[]): RequestListener {
  const models = names.map((name) => ({ name, model: name, size: 4e9, details: {} }))
  const answers: Record<string, unknown> = {
    'GET /api/version': { version: '0.12.6' },
    'GET /api/ps': { models: [] },
    'GET /api/tags': { models },
    'POST /api/show': { capabilities: ['completion'] },
  }
  return (request, response) => {
    const path = `${request.method} ${request.url}`
    if (path === 'GET /') return void response.end('Ollama is running')
    const found = answers[path]
    if (found === undefined) return void response.writeHead(404).end()
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found))
  }
}

/** Names that a page must show as text, and no wider than it is. */
export const ODD_NAMES = [
  '<img src=x onerror="document.title=1">:7b',
  '</script><script>document.title=2</script>',
  '\u202egnol-ot-thgir:7b',
  'نموذج/عربي:8b',
  `very-${'long-'.repeat(57)}name:latest`,
  'w'.repeat(300),
  'tab\tand\u0007bell:1b',
] as const
