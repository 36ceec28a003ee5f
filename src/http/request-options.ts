/** What may be asked of a request. Times in seconds, sizes in bytes. */
export interface HttpOptions {
  /** Default `GET`. */
  method?: 'GET' | 'HEAD' | 'POST' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  /** Sent as JSON with its content type. */
  json?: unknown
  /** Sent as it is; the caller states `content-type`, and `content-length` where it is a stream. */
  body?: Uint8Array | AsyncIterable<Uint8Array>
  /** Sent as `Authorization: Bearer …` to the origin of the URL only, never to where it redirects. */
  token?: string
  signal?: AbortSignal
  /** Whether an address at 127.0.0.1 means this machine: where nothing listens there, [::1] is dialled. */
  either_loopback?: boolean
  /** Until the connection (with TLS) stands; default 2.5. */
  connect_s?: number
  /** From there until the response's headers; default 2.5. */
  header_s?: number
  /** Longest wait for a next chunk of the body; default 2.5. Time that the reader takes does not count. */
  idle_s?: number
  /** Everything, redirects and body included; default 30, `Infinity` for downloads. */
  total_s?: number
  /** Most bytes of the body after decompression; default 8 MiB, `Infinity` for downloads. */
  max_body_bytes?: number
  /** `error` (default): a redirect is a failure; `manual`: it is the response; `follow`: up to 5, GET and HEAD only. */
  redirect?: 'error' | 'manual' | 'follow'
}

export type HttpLimits = Required<
  Pick<HttpOptions, 'connect_s' | 'header_s' | 'idle_s' | 'total_s' | 'max_body_bytes'>
>

export const DEFAULT_LIMITS: HttpLimits = {
  connect_s: 2.5,
  header_s: 2.5,
  idle_s: 2.5,
  total_s: 30,
  max_body_bytes: 8 * 1024 ** 2,
}

export interface HttpResponse {
  /** Where the answer came from: the last of the redirects. */
  url: string
  status: number
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  /** Decompressed chunks, read once. Throws HttpFailure; ending the loop early closes the connection. */
  body: AsyncIterable<Uint8Array>
  /** Drops the connection; to be called where `body` is not read to its end. */
  close(): void
}

/** The limits of a request, in seconds and bytes, with the defaults where it states none. */
export function limitsOf(options: HttpOptions): HttpLimits {
  return {
    connect_s: options.connect_s ?? DEFAULT_LIMITS.connect_s,
    header_s: options.header_s ?? DEFAULT_LIMITS.header_s,
    idle_s: options.idle_s ?? DEFAULT_LIMITS.idle_s,
    total_s: options.total_s ?? DEFAULT_LIMITS.total_s,
    max_body_bytes: options.max_body_bytes ?? DEFAULT_LIMITS.max_body_bytes,
  }
}
