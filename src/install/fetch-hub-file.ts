import { fileUrl } from '../catalog/file-url.js'
import { AlmanacError } from '../errors.js'
import { HttpFailure, httpRequest } from '../http/index.js'
import type { HttpResponse } from '../http/index.js'
import { fetchTreeEntry } from './fetch-hub-tree.js'
import { explainDenied } from './hub.js'
import { withRetries } from './retries.js'
import type { Hub, HubFile } from './types.js'

const HEADER_S = 10
const MAX_HOPS = 3

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
  const linked = await withRetries((attempt) => askHead(url, { hub, repo, signal, attempt }), signal)
  const found = linked ?? (await withRetries(() => fetchTreeEntry(repo, name, hub, signal), signal))
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
  signal: AbortSignal | undefined
  attempt: number
}

async function askHead(
  url: string,
  question: HeadQuestion,
): Promise<{ bytes: number; sha256: string } | null> {
  let address = url
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const response = await head(address, question)
    response.close()
    checkStatus(response, question)
    const linked = readLinkedHeaders(response.headers)
    if (linked) return linked
    const next = response.headers['location']
    // A renamed repository answers with a redirect on the hub itself; anywhere else is the file's own host.
    if (next === undefined || new URL(next, address).origin !== new URL(address).origin) return null
    address = new URL(next, address).href
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

function checkStatus(response: HttpResponse, { hub, repo }: HeadQuestion): void {
  const { status } = response
  if (status === 401 || status === 403) throw explainDenied(repo, hub)
  if (status === 404) {
    throw new AlmanacError(
      'UNKNOWN_MODEL',
      `${repo} has no such file on the hub`,
      'check the spelling; names are case-sensitive',
    )
  }
  if (status >= 400) {
    const retryAfter = Number(response.headers['retry-after'])
    throw new HttpFailure('http_error', `the hub answered ${status}`, {
      status,
      ...(Number.isFinite(retryAfter) ? { retry_after_s: retryAfter } : {}),
    })
  }
}

/** `X-Linked-Size` and `X-Linked-Etag` of a large file. */
export function readLinkedHeaders(
  headers: Readonly<Record<string, string>>,
): { bytes: number; sha256: string } | null {
  const bytes = Number(headers['x-linked-size'] ?? NaN)
  const sha256 = (headers['x-linked-etag'] ?? '').replace(/^W\//, '').replace(/^"|"$/g, '').toLowerCase()
  return Number.isSafeInteger(bytes) && bytes > 0 && /^[0-9a-f]{64}$/.test(sha256) ? { bytes, sha256 } : null
}
