import type { FastifyInstance } from 'fastify'
import swagger from '@fastify/swagger'

/** Collects the schemas of all routes that are added after it, as OpenAPI 3.1. */
export async function addOpenApi(fastify: FastifyInstance, version: string): Promise<void> {
  await fastify.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'llm-almanac',
        version,
        description: 'Which local language models run well on this machine, why, and how to get them.',
      },
    },
  })
}
