import { HttpFailure } from './http-failure.js'
import { parseJson } from './parse-json.js'
import type { HttpResponse } from './request-options.js'

/**
 * The whole body in one piece.
 *
 * @param maxBytes Where the body must be shorter than the request's own limit; else that one holds.
 * @throws {HttpFailure} `too_large`, or whatever breaks the body.
 */
export async function readBounded(response: HttpResponse, maxBytes = Infinity): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new HttpFailure('too_large', `The answer has more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

/**
 * The lines of a streamed body, without their ends; the last one need not have one.
 *
 * @throws {HttpFailure} `too_large` where a line has more than `maxLineBytes` (default 1 MiB).
 */
export async function* readLines(response: HttpResponse, maxLineBytes = 1024 ** 2): AsyncGenerator<string> {
  let rest: Uint8Array[] = []
  let restBytes = 0
  const take = (end: Uint8Array): string => {
    const line = Buffer.concat([...rest, end]).toString('utf8')
    rest = []
    restBytes = 0
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }
  for await (const chunk of response.body) {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      yield take(chunk.subarray(start, end))
      start = end + 1
    }
    restBytes += chunk.byteLength - start
    if (restBytes > maxLineBytes)
      throw new HttpFailure('too_large', `A line has more than ${maxLineBytes} bytes`)
    if (start < chunk.byteLength) rest.push(chunk.subarray(start))
  }
  if (restBytes > 0) yield take(new Uint8Array())
}

/** The values of a body that has one JSON value a line; empty lines are skipped. */
export async function* readNdjson(response: HttpResponse, maxLineBytes?: number): AsyncGenerator<unknown> {
  for await (const line of readLines(response, maxLineBytes)) {
    if (line.trim() !== '') yield parseJson(line)
  }
}
