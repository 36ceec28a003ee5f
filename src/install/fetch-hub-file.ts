import { fileUrl } from '../catalog/file-url.js'
import { AlmanacError } from '../errors.js'
import { HttpFailure, httpRequest, retryAfterSeconds } from '../http/index.js'
import type { HttpResponse } from '../http/index.js'
import { fetchTreeEntry } from './fetch-hub-tree.js'
import { explainDenied, explainMissing } from './hub.js'
import { RetryBudget, withRetries } from './retries.js'
import type { Hub, HubFile } from './types.js'

const HEADER_S = 10
const MAX_HOPS = 3
/** A mirror that does not know HEAD may still have the list of files. */
const NO_HEAD: readonly number[] = [405, 501]

/**
 * Size and sha256 of a file as the hub announces them: from the headers of `HEAD …/resolve/…`, else from the
 * repository's file list. Nothing is downloaded.
 *
 * @throws {AlmanacError} `UNKNOWN_MODEL` for 404, `AUTH_REQUIRED` for 401 and 403, `HTTP_ERROR` where neither
 *   answer has size and hash.
 */
export async function fetchHubFile(
  file: { repo: string; name: string; revision?: string | undefined },
  hub: Hub,
  signal?: AbortSignal,
): Promise<HubFile> {
  const { repo, name } = file
  const url = fileUrl(repo, name, file.revision, hub.endpoint)
  const budget = new RetryBudget()
  const linked = await withRetries(() => askHead(url, { hub, repo, name, signal }), signal, budget)
  const found = linked ?? (await withRetries(() => fetchTreeEntry(file, hub, signal), signal, budget))
  if (found) return { repo, name, url, ...found }
  throw new AlmanacError(
    'HTTP_ERROR',
    `the hub does not state size and sha256 of ${name}`,
    'without them a download cannot be verified',
  )
}

interface HeadQuestion {
  hub: Hub
  repo: string
  name: string
  signal: AbortSignal | undefined
}

async function askHead(
  url: string,
  question: HeadQuestion,
): Promise<{ bytes: number; sha256: string } | null> {
  let address = url
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const response = await head(address, question)
    response.close()
    if (NO_HEAD.includes(response.status)) return null
    checkStatus(response, question)
    const linked = readLinkedHeaders(response.headers)
    if (linked) return linked
    const next = response.headers['location']
    // A renamed repository answers with a redirect on the hub itself; anywhere else is the file's own host.
    if (next === undefined || !URL.canParse(next, address)) return null
    const { href, origin } = new URL(next, address)
    if (origin !== new URL(address).origin) return null
    address = href
  }
  return null
}

function head(address: string, { hub, signal }: HeadQuestion): Promise<HttpResponse> {
  return httpRequest(address, {
    method: 'HEAD',
    redirect: 'manual',
    header_s: HEADER_S,
    connect_s: HEADER_S,
    ...(hub.token === undefined ? {} : { token: hub.token }),
    ...(signal === undefined ? {} : { signal }),
  })
}

function checkStatus(response: HttpResponse, { hub, repo, name }: HeadQuestion): void {
  const { status } = response
  if (status === 401 || status === 403) throw explainDenied(repo, hub)
  if (status === 404) throw explainMissing(repo, name)
  if (status >= 400) throw answeredWith(response, 'the hub')
}

/** The failure of an answer that is no success, with the pause that its server asks for. */
export function answeredWith({ status, headers }: HttpResponse, who: string): HttpFailure {
  const retryAfter = retryAfterSeconds(headers['retry-after'])
  return new HttpFailure('http_error', `${who} answered ${status}`, {
    status,
    ...(retryAfter === undefined ? {} : { retry_after_s: retryAfter }),
  })
}

/** `X-Linked-Size` and `X-Linked-Etag` of a large file. */
export function readLinkedHeaders(
  headers: Readonly<Record<string, string>>,
): { bytes: number; sha256: string } | null {
  const bytes = Number(headers['x-linked-size'] ?? NaN)
  const sha256 = (headers['x-linked-etag'] ?? '').replace(/^W\//, '').replace(/^"|"$/g, '').toLowerCase()
  return Number.isSafeInteger(bytes) && bytes > 0 && /^[0-9a-f]{64}$/.test(sha256) ? { bytes, sha256 } : null
}
