import { httpRequest, readBounded, readNdjson, statusFailure } from '../../http/index.js'
import { patient } from '../ask.js'
import { countOf, fieldOf, textOf } from '../json-fields.js'
import { errorText } from '../parse-items.js'
import { toFault } from '../provider-fault.js'
import type { ProviderConnection } from '../provider-facts.js'

/** Ollama is silent while it verifies a large layer. */
const IDLE_S = 60

/** One line of a pull. Success is `status: "success"` only; an `error` may come inside a 200 answer. */
export interface PullEvent {
  status: string | null
  error: string | null
  digest: string | null
  /** Bytes of this layer, not of the whole model. */
  total_bytes: number | null
  /** Absent on the wire at the start of a layer. */
  completed_bytes: number | null
}

function parsePullEvent(value: unknown): PullEvent {
  return {
    status: textOf(fieldOf(value, 'status')),
    error: errorText(value),
    digest: textOf(fieldOf(value, 'digest')),
    total_bytes: countOf(fieldOf(value, 'total')),
    completed_bytes: countOf(fieldOf(value, 'completed')),
  }
}

/**
 * Pulls a model and gives every event as it comes. Ending the loop early drops the request, which stops the pull.
 *
 * @throws {AlmanacError} Where the request fails, or 60 s pass without an event. The end without success is no error here.
 */
export async function* pullModel(
  connection: ProviderConnection,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<PullEvent, void, undefined> {
  const url = `${connection.urls[0]}/api/pull`
  const json = { model: name, name, stream: true }
  const limits = { total_s: Infinity, max_body_bytes: Infinity }
  try {
    const options = { ...patient(connection, IDLE_S, signal), method: 'POST', json, ...limits } as const
    const response = await httpRequest(url, options)
    if (response.status !== 200) {
      const text = new TextDecoder().decode(await readBounded(response, 64 * 1024))
      throw statusFailure(url, { status: response.status, headers: response.headers, text })
    }
    for await (const value of readNdjson(response)) yield parsePullEvent(value)
  } catch (error) {
    throw toFault(error, connection)
  }
}
