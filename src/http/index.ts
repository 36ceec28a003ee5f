/**
 * The one HTTP client of this package.
 *
 * - `httpRequest` gives status, headers and a streaming body; `fetchText`, `fetchJson` read it whole;
 *   `fetchRange` reads a part of a file; `readBounded`, `readLines`, `readNdjson` read a `body`.
 * - Everything that goes wrong is one class, `HttpFailure` (an AlmanacError) with a `kind`; nothing returns an error.
 * - Limits: connect, header and idle 2.5 s each, 30 s in total, 8 MiB after decompression; options change them.
 * - No request asks for compression. A redirect is a failure unless `redirect` says otherwise; a token stays with
 *   the origin it was given for. `localhost` is 127.0.0.1 first. Each request has its own connection.
 */
export { fetchJson, fetchText, retryAfterSeconds, statusFailure, type TextAnswer } from './fetch-json.js'
export { fetchRange, parseContentRange, type ByteRange, type RangeAnswer } from './fetch-range.js'
export { HttpFailure, type HttpFailureFacts, type HttpFailureKind } from './http-failure.js'
export { httpRequest } from './http-request.js'
export { parseJson } from './parse-json.js'
export { readBounded, readLines, readNdjson } from './read-body.js'
export { DEFAULT_LIMITS, type HttpLimits, type HttpOptions, type HttpResponse } from './request-options.js'
export { shownText, shownUrl } from './shown-url.js'
