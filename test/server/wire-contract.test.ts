import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findMisfits } from './schema-shape.js'
import { startFake } from './start.js'
import { findBreaches, isRecord } from './wire-shape.js'

const path = resolve('../shared/wire-contract.json')

describe('the checker of shapes', () => {
  it.each([
    [{ a: 'string' }, { a: 1 }, 1],
    [{ a: 'string|null' }, { a: null, b: 2 }, 0],
    [{ 'a?': 'number' }, {}, 0],
    [{ a: ['number'] }, { a: [1, 'x'] }, 1],
    [{ '*': { n: 'number' } }, { k: {} }, 1],
    [{ any_of: [{ a: 'string' }, { b: 'string' }] }, { b: 'x' }, 0],
  ])('finds in %j of %j %i breaches', (shape, value, breaches) => {
    expect(findBreaches(shape, value)).toHaveLength(breaches)
  })
})

/** A request for every route: path and body, in an order in which each can work. */
const REQUESTS: [string, string, string, unknown?][] = [
  ['GET', '/api/model/registry', '/api/model/registry?tool_capable_only=false'],
  ['GET', '/api/model/tiers', '/api/model/tiers'],
  ['GET', '/api/model/gpu', '/api/model/gpu'],
  ['GET', '/api/model/catalog', '/api/model/catalog'],
  ['GET', '/api/model/recommendations', '/api/model/recommendations'],
  ['GET', '/api/model/{model_name}/quantizations', '/api/model/qwen3%3A8b/quantizations'],
  ['GET', '/api/model/ollama/status', '/api/model/ollama/status'],
  ['GET', '/api/model/lmstudio/status', '/api/model/lmstudio/status'],
  ['GET', '/api/model/providers/detect', '/api/model/providers/detect'],
  ['GET', '/api/model/providers/all/models', '/api/model/providers/all/models'],
  ['GET', '/api/model/providers/{provider_name}/models', '/api/model/providers/ollama/models'],
  ['GET', '/api/model/available', '/api/model/available'],
  ['GET', '/api/model/current', '/api/model/current'],
  ['POST', '/api/model/switch', '/api/model/switch', { model_name: 'my/tune:7b' }],
  ['POST', '/api/model/pull', '/api/model/pull', { model: 'tinyllama:1.1b' }],
  ['POST', '/api/model/cancel-download', '/api/model/cancel-download', { model: 'tinyllama:1.1b' }],
  ['DELETE', '/api/model/uninstall/{model_name*}', '/api/model/uninstall/my%2Ftune%3A7b'],
  ['GET', '/api/model/ghost-models', '/api/model/ghost-models'],
  ['DELETE', '/api/model/ghost-models/{model_id*}', '/api/model/ghost-models/partial%3Aabc'],
  ['GET', '/api/model/contexts', '/api/model/contexts'],
  ['GET', '/api/model/context/{model_name}', '/api/model/context/llama3.2'],
  ['POST', '/api/model/context/{model_name}', '/api/model/context/llama3.2', { context_size: 4096 }],
  ['DELETE', '/api/model/context/{model_name}', '/api/model/context/llama3.2'],
]

/** Routes that only we have. */
const OWN_REQUESTS: typeof REQUESTS = [
  ['GET', '/api/model/catalog', '/api/model/catalog?all=true'],
  ['GET', '/api/model/recommendations', '/api/model/recommendations?vram_gb=4&include_all=true'],
  ['GET', '/api/model/{model_name}/quantizations', '/api/model/nomic-embed-text%3Av1.5/quantizations'],
  ['GET', '/api/model/install', '/api/model/install'],
  ['GET', '/api/model/gate', '/api/model/gate?model=qwen3%3A8b&provider=file'],
  ['GET', '/api/model/machine', '/api/model/machine'],
  ['GET', '/api/model/installed', '/api/model/installed'],
  ['GET', '/health', '/health'],
]

describe('the description of the API', async () => {
  const server = await startFake()
  const { body: description } = await server.ask('/openapi.json')

  it.each([...REQUESTS, ...OWN_REQUESTS])('has every field of the answer of %s %s', async (...request) => {
    const [method, path, address, given] = request
    const route = pathOf(description, path, method)
    const { status, body } = await server.send(method, address, given)
    expect([200, 404]).toContain(status)
    expect(findMisfits(schemaOf(route, status), body).slice(0, 5)).toEqual([])
  })
})

/** Paths of the contract have a star where slashes may stand. */
function pathOf(description: unknown, path: string, method: string): unknown {
  const paths = isRecord(description) && isRecord(description['paths']) ? description['paths'] : {}
  const route = paths[path.replace('*}', '}')] ?? paths[path.replace(/\{\w+\*\}/, '{*}')]
  return isRecord(route) ? route[method.toLowerCase()] : undefined
}

function schemaOf(route: unknown, status: number): unknown {
  const responses = isRecord(route) && isRecord(route['responses']) ? route['responses'] : {}
  const response = responses[status] ?? responses['4XX']
  const content = isRecord(response) && isRecord(response['content']) ? response['content'] : {}
  const json = content['application/json']
  return isRecord(json) ? json['schema'] : undefined
}

describe.skipIf(!existsSync(path))('wire-contract.json', async () => {
  const server = await startFake()
  const folder = join(server.world.ports.home, 'partial', 'abc')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'data'), 'half a file')
  const contract: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { routes: [] }
  const listed = isRecord(contract) && Array.isArray(contract['routes']) ? contract['routes'] : []
  const routes: Record<string, unknown>[] = listed.filter(isRecord)

  it('has no route that is not asked here or in the tests of streams', () => {
    const streams = ['pull-stream', 'download-gguf-stream', 'pull-ws', 'download-gguf-ws']
    const left = routes
      .map((route) => `${route['method']} ${route['path']}`)
      .filter((name) => !REQUESTS.some(([method, route]) => name === `${method} ${route}`))
      .filter((name) => !streams.some((stream) => name.endsWith(stream)))
    expect(left).toEqual([])
  })

  it.each(REQUESTS)('%s %s has its shape', async (method, route, address, body) => {
    const contractRoute = routes.find((each) => each['method'] === method && each['path'] === route)
    const responses = contractRoute?.['responses']
    const answer = await server.send(method, address, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(findBreaches(isRecord(responses) ? responses['200'] : null, answer.body)).toEqual([])
  })
})
