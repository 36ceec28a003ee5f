import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'
import { checkRequest } from './guard.js'
import type { GuardOptions } from './guard.js'
import { addErrorHandlers, HttpError } from './http-errors.js'
import { validateInput } from './validate-input.js'
import type { InputSchema } from './validate-input.js'

export const MAX_BODY_BYTES = 1024 ** 2

const validatorOf: FastifySchemaCompiler<InputSchema> = ({ schema, httpPart }) => {
  const source = httpPart === 'body' ? 'body' : 'query'
  return (data: unknown) => {
    const checked = validateInput(schema, data, source)
    return 'error' in checked ? { error: new HttpError(400, checked.error) } : checked
  }
}

/** The rules that hold for every request of this scope: who may ask, what a body is, how errors look. */
export function addRequestRules(fastify: FastifyInstance, options: GuardOptions): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-content-type-options', 'nosniff')
    const refusal = checkRequest(request.raw, options)
    if (!refusal) return done()
    // What a refused client still sends is not worth reading.
    void reply.header('connection', 'close')
    done(new HttpError(refusal.status, refusal.detail))
  })
  addErrorHandlers(fastify)
  fastify.setValidatorCompiler(validatorOf)
  // Not the host's, which may expect schemas of another kind. Answers are built to their schemas as they are.
  fastify.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  fastify.removeAllContentTypeParsers()
  const json = fastify.getDefaultJsonParser('remove', 'remove')
  fastify.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, json)
}
