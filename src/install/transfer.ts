import { AlmanacError } from '../errors.js'
import { HttpFailure, httpRequest, parseContentRange } from '../http/index.js'
import type { HttpResponse } from '../http/index.js'
import { answeredWith } from './fetch-hub-file.js'
import { explainDenied, explainMissing } from './hub.js'
import { isStrongEtag } from './partial-file.js'
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
  const { partial, file, signal } = transfer
  const budget = new RetryBudget()
  // Where a host starts from zero each time, bytes that come again are no progress.
  let most = partial.bytes
  while (partial.bytes < file.bytes) {
    try {
      await readOnce(transfer)
    } catch (failure) {
      const progressed = partial.bytes > most
      most = Math.max(most, partial.bytes)
      await budget.wait(failure, signal, progressed)
    }
  }
}

/** One request: appends what it brings. */
async function readOnce(transfer: Transfer): Promise<void> {
  const { partial, file } = transfer
  const response = await request(transfer)
  try {
    await checkAnswer(response, transfer)
    const { etag } = response.headers
    await partial.keepEtag(isStrongEtag(etag) ? etag : undefined)
    for await (const chunk of response.body) {
      if (partial.bytes + chunk.byteLength > file.bytes) throw await tooMuch(transfer)
      await partial.append(chunk)
      await transfer.onBytes()
    }
  } finally {
    response.close()
  }
  if (partial.bytes < file.bytes) {
    throw new HttpFailure('reset', `the file's host sent ${partial.bytes} of ${file.bytes} bytes`)
  }
}

function request({ file, hub, partial, signal }: Transfer): Promise<HttpResponse> {
  const { bytes, etag } = partial
  return httpRequest(file.url, {
    redirect: 'follow',
    headers: {
      ...(bytes > 0 ? { range: `bytes=${bytes}-` } : {}),
      ...(bytes > 0 && etag !== undefined ? { 'if-range': etag } : {}),
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
  const { status, headers } = response
  if (status === 206) return checkPart(headers['content-range'], transfer)
  if (status === 200) return checkWhole(headers, transfer)
  if (status === 416) throw await beyondEnd(headers['content-range'], transfer)
  throw refusal(response, transfer)
}

async function checkPart(contentRange: string | undefined, { partial, file }: Transfer): Promise<void> {
  const range = parseContentRange(contentRange)
  const total = range?.total_bytes ?? file.bytes
  if (range?.start === partial.bytes && total === file.bytes) return
  await partial.restart()
  throw new HttpFailure('bad_output', 'the server sent another part than asked for')
}

async function checkWhole(headers: HttpResponse['headers'], transfer: Transfer): Promise<void> {
  if (/^text\/html\b/i.test(headers['content-type'] ?? '')) {
    throw new AlmanacError(
      'HTTP_ERROR',
      'a web page came instead of the file',
      'a proxy or login page may stand in between',
    )
  }
  const length = headers['content-encoding'] === undefined ? Number(headers['content-length']) : NaN
  if (length > transfer.file.bytes) throw await tooMuch(transfer)
  if (transfer.partial.bytes > 0) await transfer.partial.restart()
}

/** We hold more than the host's file has, or it has another: what is here is of no use. */
async function beyondEnd(contentRange: string | undefined, { partial, file }: Transfer): Promise<Error> {
  await partial.restart()
  const total = /^bytes \*\/(\d{1,15})$/.exec(contentRange?.trim() ?? '')?.[1]
  if (total === undefined || Number(total) === file.bytes) {
    return new HttpFailure('reset', "the file's host answered 416")
  }
  return new AlmanacError(
    'HASH_MISMATCH',
    `the file has ${total} bytes where it is kept, and the hub announced ${file.bytes}`,
    'nothing was kept; try again later',
  )
}

function refusal(response: HttpResponse, { file, hub }: Transfer): Error {
  const { status } = response
  const ofHub = new URL(response.url).origin === new URL(file.url).origin
  if (ofHub && (status === 401 || status === 403)) return explainDenied(file.repo, hub)
  if (ofHub && status === 404) return explainMissing(file.repo, file.name)
  if (ofHub || status === 429 || status >= 500) {
    return answeredWith(response, ofHub ? 'the hub' : "the file's host")
  }
  // Links to the file's own host expire (403, 404 there); the hub gives a fresh one at the next try.
  return new HttpFailure('reset', `the file's host answered ${status}`)
}

async function tooMuch({ partial, file }: Transfer): Promise<AlmanacError> {
  await partial.restart()
  return new AlmanacError(
    'HASH_MISMATCH',
    `more came than the ${file.bytes} bytes that the hub announced`,
    'nothing was kept; try again later',
  )
}
