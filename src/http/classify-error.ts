import { HttpFailure, type HttpFailureKind } from './http-failure.js'
import { shownUrl } from './shown-url.js'

const KINDS: readonly (readonly [RegExp, HttpFailureKind, string])[] = [
  [/^ECONNREFUSED$/, 'refused', 'refused the connection'],
  [/^(ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timed_out', 'did not accept the connection in time'],
  [/^(ENOTFOUND|EAI_\w+)$/, 'unreachable', 'has a host name that cannot be resolved'],
  [/^(EHOST\w+|ENET\w+|EADDRNOTAVAIL|EACCES|EPERM)$/, 'unreachable', 'cannot be reached'],
  [/^HPE_HEADER_OVERFLOW$/, 'too_large', 'sent more headers than allowed'],
  [/^HPE_/, 'bad_output', 'did not answer in HTTP'],
  [
    /^(Z_|ERR__ZLIB|ERR_BUFFER_TOO_LARGE|ERR_PADDING|ERR_TRAILING)/,
    'bad_output',
    'sent a body that cannot be decompressed',
  ],
  [/(^EPROTO$|CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO)/, 'bad_output', 'failed the TLS handshake'],
]

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const nested = error instanceof AggregateError ? error.errors.flatMap(codesOf) : []
  return 'code' in error && typeof error.code === 'string' ? [...nested, error.code] : nested
}

/** What a thrown socket, parser, TLS or zlib error means; anything unknown is a broken connection. */
export function classifyError(error: unknown, url: URL): HttpFailure {
  if (error instanceof HttpFailure) return error
  const codes = codesOf(error)
  for (const [pattern, kind, what] of KINDS) {
    if (codes.some((code) => pattern.test(code))) {
      return new HttpFailure(kind, `${shownUrl(url)} ${what}`, { cause: error })
    }
  }
  return new HttpFailure('reset', `${shownUrl(url)} broke the connection before the answer was complete`, {
    cause: error,
  })
}
