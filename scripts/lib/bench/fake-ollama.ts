import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { listModels } from '../../../src/catalog/index.js'

/** As many as a person who tries many models has. */
const MODELS = 30

/** A provider whose models are known, quick to answer: what is measured is the server that asks it. */
export function createFakeOllama(): Server {
  const models = listModels()
    .slice(0, MODELS)
    .map(({ id, builds, context }) => ({
      name: id,
      model: id,
      size: builds[0]?.bytes ?? 0,
      digest: id,
      details: { quantization_level: builds[0]?.quantization, context_length: context.max },
      capabilities: ['completion', 'tools'],
    }))
  const answers = new Map<string, string>([
    ['/', 'Ollama is running'],
    ['/api/tags', JSON.stringify({ models })],
    ['/api/ps', '{"models":[]}'],
    ['/api/version', '{"version":"0.0.0"}'],
  ])
  return createServer((request, response) => {
    const answer = answers.get(request.url ?? '')
    response.writeHead(answer === undefined ? 404 : 200)
    response.end(answer)
  })
}
