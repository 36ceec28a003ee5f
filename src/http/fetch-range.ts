import { statusFailure } from './fetch-json.js'
import { HttpFailure } from './http-failure.js'
import { httpRequest } from './http-request.js'
import { readBounded } from './read-body.js'
import type { HttpOptions, HttpResponse } from './request-options.js'
import { shownUrl } from './shown-url.js'

export interface ByteRange {
  start: number
  length: number
}

export interface RangeAnswer {
  /** At most `length` bytes; fewer only where the file ends. */
  bytes: Uint8Array
  /** Size of the whole file, where the server says. */
  total_bytes: number | null
  /** Where redirects led, to save them the next time. */
  url: string
  headers: Readonly<Record<string, string>>
}

/** `bytes 0-99/1234` in numbers; `null` where it is something else. */
export function parseContentRange(
  value: string | undefined,
): { start: number; end: number; total_bytes: number | null } | null {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(value?.trim() ?? '')
  if (!match) return null
  const [start, end] = [Number(match[1]), Number(match[2])]
  return { start, end, total_bytes: match[3] === '*' ? null : Number(match[3]) }
}

async function takeStart(response: HttpResponse, length: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= length) break
  }
  return Buffer.concat(chunks).subarray(0, length)
}

async function readPart(response: HttpResponse, range: ByteRange): Promise<RangeAnswer> {
  const part = parseContentRange(response.headers['content-range'])
  if (part?.start !== range.start || part.end - part.start + 1 > range.length) {
    response.close()
    throw new HttpFailure(
      'bad_output',
      `${shownUrl(new URL(response.url))} sent another range than asked for`,
    )
  }
  const bytes = await readBounded(response, range.length)
  if (bytes.byteLength !== part.end - part.start + 1) {
    throw new HttpFailure('reset', `${shownUrl(new URL(response.url))} sent fewer bytes than announced`)
  }
  return { bytes, total_bytes: part.total_bytes, url: response.url, headers: response.headers }
}

/**
 * A part of a remote file. Follows redirects unless told otherwise; a token stays with its origin.
 * A server that ignores ranges is read from its start and cut off, which only works for `start: 0`.
 *
 * @throws {HttpFailure} `http_error` 416 where `start` lies behind the end, `bad_output` where ranges are not supported.
 */
export async function fetchRange(
  address: string | URL,
  range: ByteRange,
  options: HttpOptions = {},
): Promise<RangeAnswer> {
  const headers = { ...options.headers, range: `bytes=${range.start}-${range.start + range.length - 1}` }
  const response = await httpRequest(address, {
    redirect: 'follow',
    max_body_bytes: Infinity,
    ...options,
    headers,
  })
  if (response.status === 206) return readPart(response, range)
  if (response.status !== 200) {
    const text = new TextDecoder().decode(await takeStart(response, 4096))
    throw statusFailure(response.url, { status: response.status, headers: response.headers, text })
  }
  if (range.start !== 0) {
    response.close()
    throw new HttpFailure('bad_output', `${shownUrl(new URL(response.url))} does not serve parts of a file`)
  }
  const length = Number(response.headers['content-length'] ?? NaN)
  const bytes = await takeStart(response, range.length)
  const total = Number.isSafeInteger(length) ? length : null
  return { bytes, total_bytes: total, url: response.url, headers: response.headers }
}
