import { AlmanacError, type ErrorCode } from '../errors.js'

/**
 * Why a request gave no usable answer.
 *
 * `refused` nobody listens there · `unreachable` no such host or no route · `timed_out` a limit ran out ·
 * `too_large` more bytes than allowed · `redirected` sent elsewhere · `bad_output` not HTTP, not JSON, not decodable ·
 * `http_error` a status that is no success (see `status`) · `reset` the connection broke before the end ·
 * `bad_address` not a URL we can ask · `cancelled` the caller's signal fired.
 */
export type HttpFailureKind =
  | 'refused'
  | 'unreachable'
  | 'timed_out'
  | 'too_large'
  | 'redirected'
  | 'bad_output'
  | 'http_error'
  | 'reset'
  | 'bad_address'
  | 'cancelled'

const CODES: Readonly<Partial<Record<HttpFailureKind, ErrorCode>>> = {
  timed_out: 'TIMED_OUT',
  too_large: 'TOO_LARGE',
  cancelled: 'CANCELLED',
  bad_address: 'BAD_USAGE',
}

/** What is known of a failed answer beside its kind. */
export interface HttpFailureFacts {
  /** HTTP status, where one arrived. */
  status?: number
  /** Start of the body as one clean line, at most 300 characters. */
  detail?: string
  /** `Retry-After` in seconds. */
  retry_after_s?: number
  cause?: unknown
}

/** The one error of src/http: an AlmanacError with the kind of failure. Messages never hold queries, tokens or user info. */
export class HttpFailure extends AlmanacError {
  readonly kind: HttpFailureKind
  readonly status: number | undefined
  readonly detail: string | undefined
  readonly retry_after_s: number | undefined

  constructor(kind: HttpFailureKind, message: string, facts: HttpFailureFacts = {}) {
    const denied = facts.status === 401 || facts.status === 403
    super(denied ? 'AUTH_REQUIRED' : (CODES[kind] ?? 'HTTP_ERROR'), message, undefined, {
      cause: facts.cause,
    })
    this.kind = kind
    this.status = facts.status
    this.detail = facts.detail
    this.retry_after_s = facts.retry_after_s
  }
}
