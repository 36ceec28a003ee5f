import { HttpFailure } from './http-failure.js'
import { httpRequest } from './http-request.js'
import { parseJson } from './parse-json.js'
import { readBounded } from './read-body.js'
import type { HttpOptions } from './request-options.js'
import { shownText, shownUrl } from './shown-url.js'

export interface TextAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  text: string
}

/** Seconds of a `Retry-After` header in either of its two forms; `undefined` where it is neither. */
export function retryAfterSeconds(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value.trim())) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000)
}

/** The answer of any status with its whole body as text. @throws {HttpFailure} where none arrives. */
export async function fetchText(address: string | URL, options: HttpOptions = {}): Promise<TextAnswer> {
  const response = await httpRequest(address, options)
  const bytes = await readBounded(response)
  return { status: response.status, headers: response.headers, text: new TextDecoder().decode(bytes) }
}

/** The failure `http_error` of an answer whose status is no success. */
export function statusFailure(address: string | URL, answer: TextAnswer): HttpFailure {
  const retryAfter = retryAfterSeconds(answer.headers['retry-after'])
  return new HttpFailure('http_error', `${shownUrl(new URL(address))} answered ${answer.status}`, {
    status: answer.status,
    detail: shownText(answer.text),
    ...(retryAfter === undefined ? {} : { retry_after_s: retryAfter }),
  })
}

/**
 * The JSON value that a server answers with success.
 *
 * @returns Unknown: it came from outside and is to be narrowed by a parser.
 * @throws {HttpFailure} `http_error` (with `status` and `detail`) for anything but 2xx, `bad_output` where it is no JSON.
 */
export async function fetchJson(address: string | URL, options: HttpOptions = {}): Promise<unknown> {
  const answer = await fetchText(address, options)
  if (answer.status < 200 || answer.status > 299) throw statusFailure(address, answer)
  return parseJson(answer.text, `The answer of ${shownUrl(new URL(address))}`)
}
