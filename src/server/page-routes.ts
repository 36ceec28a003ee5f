import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFoundText } from './http-errors.js'
import { readPageFiles } from './page-files.js'
import type { PageFile } from './page-files.js'
import { PAGE_HEADERS } from './security-headers.js'
import { sendAnswer } from './send-answer.js'

/** Addresses that the page itself draws. */
const PAGE_PATHS = ['/', '/m/*', '/installed', '/models', '/how']

const IMMUTABLE = 'public, max-age=31536000, immutable'

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>llm-almanac</title>
<h1>llm-almanac</h1>
<p>The API is running, but the page is not built yet. In the checkout, run</p>
<pre>npm run build</pre>
<p>and load this address again. The API is described under <a href="/docs">/docs</a>.</p>
</html>
`

/** Serves the built page: its document under every address that it draws, its files under their names. */
export function addPageRoutes(fastify: FastifyInstance, folder: string): void {
  let files: Promise<ReadonlyMap<string, PageFile>> | undefined
  const load = async (): Promise<ReadonlyMap<string, PageFile>> => {
    files ??= readPageFiles(folder)
    const loaded = await files.catch(() => new Map<string, PageFile>())
    // Built meanwhile, or just while it was read? Then the next request finds it.
    if (!loaded.has('/index.html')) files = undefined
    return loaded
  }
  for (const path of PAGE_PATHS) {
    fastify.get(path, { schema: { hide: true } }, async (request, reply) => {
      const document = (await load()).get('/index.html')
      if (document) return sendFile(document, request, reply)
      return reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(NOT_BUILT)
    })
  }
  fastify.setNotFoundHandler(async (request, reply) => {
    const reading = request.method === 'GET' || request.method === 'HEAD'
    const path = request.url.split('?')[0] ?? ''
    const file = reading ? (await load()).get(decodedPath(path)) : undefined
    if (file) return sendFile(file, request, reply)
    return reply.code(404).type('application/json; charset=utf-8').send(notFoundText(path))
  })
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function sendFile(
  file: PageFile,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | Promise<FastifyReply> {
  void reply.headers(PAGE_HEADERS)
  return sendAnswer(request, reply, file.answer, file.immutable ? IMMUTABLE : undefined)
}
