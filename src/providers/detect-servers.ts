import { HttpFailure } from '../http/index.js'
import { Ask } from './ask.js'
import { fieldOf, listOf, textOf } from './json-fields.js'
import { parseJson } from '../http/index.js'
import { providerConnection } from './provider-connection.js'
import type { Environment, ProviderConnection, ProviderFacts } from './provider-facts.js'
import { recogniseServer } from './recognise-server.js'

const REQUEST_S = 1.5

/** A server that is only recognised: llm-almanac lists its models by name and manages nothing. */
export interface DetectedServer {
  id: string
  name: string
  url: string
  api_style: ProviderFacts['api_style']
  status: 'running' | 'needs_token'
  models: string[]
}

/** Model names of an OpenAI-style list, also of one that is a bare array. */
export function parseModelNames(text: string): string[] {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    return []
  }
  const items = listOf(Array.isArray(value) ? value : fieldOf(value, 'data')) ?? []
  const names = items.flatMap((item) => textOf(fieldOf(item, 'id')) ?? [])
  return [...new Set(names)].filter((name) => name !== 'None')
}

/** Paths whose answers tell servers apart; Docker Model Runner has its list at a path of its own. */
const PATHS = [
  '/v1/models',
  '/engines/v1/models',
  '/api/extra/version',
  '/v1/internal/model/info',
  '/',
] as const

/** The addresses of all rows, each once. Without a token: who listens there is not known yet. */
function placesOf(table: readonly ProviderFacts[], env: Environment): ProviderConnection[] {
  const places = table.flatMap((facts) => {
    const { urls, are_default } = providerConnection(facts, env)
    return urls.map((url) => ({ facts, urls: [url], are_default, server_names: new Map<string, string>() }))
  })
  return [...new Map(places.map((place) => [place.urls[0], place])).values()]
}

async function detectAt(
  place: ProviderConnection,
  table: readonly ProviderFacts[],
  signal?: AbortSignal,
): Promise<DetectedServer[]> {
  const ask = new Ask(place, signal, REQUEST_S)
  const { url } = ask
  const results = await Promise.allSettled(PATHS.map((path) => ask.text(path)))
  const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const cancelled = results.find(
    (result) =>
      result.status === 'rejected' &&
      result.reason instanceof HttpFailure &&
      result.reason.kind === 'cancelled',
  )
  if (cancelled?.status === 'rejected') throw cancelled.reason
  const ids = answers.map((answer) => recogniseServer(answer.text))
  // The specific paths first: KoboldCpp and text-generation-webui imitate other lists.
  const id = ids.findLast((candidate) => candidate !== null)
  const row = table.find((candidate) => candidate.id === id && !candidate.managed)
  if (!row) return []
  const models = answers
    .filter((answer) => answer.status === 200)
    .flatMap((answer) => parseModelNames(answer.text))
  const locked = answers.some((answer) => answer.status === 401)
  const status = models.length === 0 && locked ? 'needs_token' : 'running'
  return [{ id: row.id, name: row.name, url, api_style: row.api_style, status, models: [...new Set(models)] }]
}

/**
 * The servers beside the managed ones that run on this machine: vLLM, Docker Model Runner, Jan, KoboldCpp, LocalAI,
 * mlx_lm and their like. Every address of the table is asked once, all together, and named by what it answers:
 * several servers share a port.
 *
 * @throws {HttpFailure} `cancelled` only.
 */
export async function detectServers(
  table: readonly ProviderFacts[],
  env: Environment,
  signal?: AbortSignal,
): Promise<DetectedServer[]> {
  const candidates = table.filter((row) => !row.managed)
  const places = placesOf(candidates, env)
  const found = await Promise.all(places.map((place) => detectAt(place, candidates, signal)))
  return found.flat()
}
