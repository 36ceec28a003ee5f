/** What our own server answers, or why not, as one sentence for people. */
export type Answer = { ok: true; body: unknown } | { ok: false; status: number; message: string }

const LIMIT_MS = 20_000

/** Asks our own server. `status` 0: it did not answer at all. */
export async function fetchApi(path: string, method = 'GET', body?: object): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method,
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const json: unknown = await response.json()
    if (response.ok) return { ok: true, body: json }
    return { ok: false, status: response.status, message: detailOf(json) }
  } catch (error) {
    const slow = error instanceof DOMException && error.name === 'TimeoutError'
    return {
      ok: false,
      status: 0,
      message: slow ? 'It took too long to answer.' : 'llm-almanac has stopped answering.',
    }
  }
}

function detailOf(json: unknown): string {
  if (typeof json === 'object' && json !== null && 'detail' in json && typeof json.detail === 'string') {
    return json.detail
  }
  return 'The server could not do that.'
}
