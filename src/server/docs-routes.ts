import type { FastifyInstance } from 'fastify'
import { docsPage, DOCS_STYLE } from './docs-page.js'
import { PAGE_HEADERS } from './security-headers.js'

/** `/openapi.json`, from the schemas of the routes themselves, and a page for people made from it. */
export function addDocsRoutes(fastify: FastifyInstance): void {
  const hidden = { schema: { hide: true } }
  fastify.get('/openapi.json', hidden, async () => fastify.swagger())
  fastify.get('/docs', hidden, async (_, reply) =>
    reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(docsPage(fastify.swagger())),
  )
  fastify.get('/docs.css', hidden, async (_, reply) =>
    reply.headers(PAGE_HEADERS).type('text/css; charset=utf-8').send(DOCS_STYLE),
  )
}
