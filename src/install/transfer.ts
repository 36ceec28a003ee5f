import { AlmanacError } from '../errors.js'
import { HttpFailure, httpRequest, parseContentRange, retryAfterSeconds } from '../http/index.js'
import type { HttpResponse } from '../http/index.js'
import { explainDenied } from './hub.js'
import type { PartialFile } from './partial-file.js'
import { RetryBudget } from './retries.js'
import type { Hub, HubFile } from './types.js'

/** A connection that sends nothing for so long is dropped and resumed. */
const SILENCE_S = 15
const HEADER_S = 10

export interface Transfer {
  file: HubFile
  hub: Hub
  partial: PartialFile
  signal: AbortSignal | undefined
  /** Called after every chunk; throws to stop. */
  onBytes(): void | Promise<void>
}

/**
 * Fetches the missing bytes of a file into its partial file, resuming after every break.
 *
 * @throws {AlmanacError} once another try is pointless. What has arrived stays.
 */
export async function transferFile(transfer: Transfer): Promise<void> {
  const budget = new RetryBudget()
  const seen: Seen = { etag: undefined }
  while (transfer.partial.bytes < transfer.file.bytes) {
    const before = transfer.partial.bytes
    try {
      await readOnce(transfer, seen)
      if (transfer.partial.bytes === before)
        throw new HttpFailure('reset', 'the download ended without a byte')
    } catch (failure) {
      if (failure instanceof HttpFailure && failure.kind === 'cancelled') throw cancelled()
      if (transfer.partial.bytes > before) budget.progress()
      await budget.wait(failure, transfer.signal)
    }
  }
}

/** What the last answer said of the file, for the next request. */
interface Seen {
  etag: string | undefined
}

/** One request: appends what it brings. */
async function readOnce(transfer: Transfer, seen: Seen): Promise<void> {
  const { partial, file } = transfer
  const response = await request(transfer, seen.etag)
  try {
    await checkAnswer(response, transfer)
    // A weak tag says nothing about bytes and cannot guard a range.
    const tag = response.headers['etag']
    seen.etag = tag?.startsWith('W/') ? undefined : tag
    for await (const chunk of response.body) {
      if (partial.bytes + chunk.byteLength > file.bytes) throw await tooMuch(transfer)
      await partial.append(chunk)
      await transfer.onBytes()
    }
  } finally {
    response.close()
  }
}

function request({ file, hub, partial, signal }: Transfer, etag: string | undefined): Promise<HttpResponse> {
  const resume = partial.bytes > 0
  return httpRequest(file.url, {
    redirect: 'follow',
    headers: {
      ...(resume ? { range: `bytes=${partial.bytes}-` } : {}),
      ...(resume && etag !== undefined ? { 'if-range': etag } : {}),
    },
    connect_s: HEADER_S,
    header_s: HEADER_S,
    idle_s: SILENCE_S,
    total_s: Infinity,
    max_body_bytes: Infinity,
    ...(hub.token === undefined ? {} : { token: hub.token }),
    ...(signal === undefined ? {} : { signal }),
  })
}

async function checkAnswer(response: HttpResponse, transfer: Transfer): Promise<void> {
  const { partial, file, hub } = transfer
  const { status, headers } = response
  if (status === 206) {
    const range = parseContentRange(headers['content-range'])
    const total = range?.total_bytes ?? file.bytes
    if (range?.start === partial.bytes && total === file.bytes) return
    await partial.restart()
    throw new HttpFailure('bad_output', 'the server sent another part than asked for')
  }
  if (status === 200) {
    if (/^text\/html\b/i.test(headers['content-type'] ?? '')) {
      throw new AlmanacError(
        'HTTP_ERROR',
        'a web page came instead of the file',
        'a proxy or login page may stand in between',
      )
    }
    if (partial.bytes > 0) await partial.restart()
    return
  }
  if (status === 416) await partial.restart()
  throw refusal(response, { hub, repo: file.repo, origin: new URL(file.url).origin })
}

function refusal(response: HttpResponse, from: { hub: Hub; repo: string; origin: string }): Error {
  const { status, headers } = response
  const ofHub = new URL(response.url).origin === from.origin
  if (ofHub && (status === 401 || status === 403)) return explainDenied(from.repo, from.hub)
  if (ofHub && status === 404)
    return new AlmanacError('UNKNOWN_MODEL', `${from.repo} has no such file on the hub`)
  // Links to the file's own host expire (403, 404 there); the hub gives a fresh one at the next try.
  if (!ofHub || status === 416) return new HttpFailure('reset', `the file's host answered ${status}`)
  const retryAfter = retryAfterSeconds(headers['retry-after'])
  return new HttpFailure('http_error', `the hub answered ${status}`, {
    status,
    ...(retryAfter === undefined ? {} : { retry_after_s: retryAfter }),
  })
}

async function tooMuch({ partial, file }: Transfer): Promise<AlmanacError> {
  await partial.restart()
  return new AlmanacError(
    'HASH_MISMATCH',
    `more came than the ${file.bytes} bytes that the hub announced`,
    'nothing was kept; try again later',
  )
}

function cancelled(): AlmanacError {
  return new AlmanacError('CANCELLED', 'interrupted', 'the same command resumes where it stopped')
}
