import { fetchRange, HttpFailure, type HttpOptions, type RangeAnswer } from '../http/index.js'
import { AlmanacError } from '../errors.js'
import { badFile } from './bad-file.js'
import type { ByteSource } from './byte-source.js'
import { LIMITS } from './limits.js'

/** Asked for at a time: a header of 262,144 tokens takes three to eight requests. */
const CHUNK_BYTES = 2 * 1024 ** 2
/** Fetched at once from a server that does not serve parts. */
const WHOLE_BYTES = 32 * 1024 ** 2

/** The same as `fetchRange` of src/http; tests bring their own. */
export type FetchRange = typeof fetchRange

/** Reads a remote file part by part; remembers where redirects led and asks anew where that has expired. */
class RemoteFile {
  readonly #origin: URL
  readonly #options: HttpOptions
  /** Where a redirect led is another server, or needs no token: the link itself is signed. */
  readonly #unsigned: HttpOptions
  readonly #fetch: FetchRange
  #address: string
  #fetched = 0

  constructor(address: URL, options: HttpOptions, fetch: FetchRange) {
    this.#origin = address
    this.#address = address.href
    this.#options = options
    const unsigned = { ...options }
    delete unsigned.token
    this.#unsigned = unsigned
    this.#fetch = fetch
  }

  async get(start: number, length: number): Promise<RangeAnswer> {
    this.#fetched += length
    if (this.#fetched > LIMITS.fetched_bytes + WHOLE_BYTES) {
      throw badFile(`the header is larger than ${LIMITS.fetched_bytes / 1024 ** 2} MiB`)
    }
    const range = { start, length }
    if (this.#address === this.#origin.href) return this.#remember(await this.#ask(range))
    return this.#fetch(this.#address, range, this.#unsigned).catch(async (error: unknown) => {
      if (!(error instanceof HttpFailure) || (error.status ?? 0) < 400) throw error
      return this.#remember(await this.#ask(range))
    })
  }

  #ask(range: { start: number; length: number }): Promise<RangeAnswer> {
    return this.#fetch(this.#origin, range, this.#options)
  }

  #remember(answer: RangeAnswer): RangeAnswer {
    this.#address = answer.url
    return answer
  }
}

/** Says what a person can do about an answer. */
function explain(error: unknown): unknown {
  if (!(error instanceof HttpFailure)) return error
  if (error.status === 401 || error.status === 403) {
    const hint = 'set HF_TOKEN to a token that may read the repository'
    return new AlmanacError('AUTH_REQUIRED', error.message, hint, { cause: error })
  }
  if (error.status !== 404) return error
  const hint = 'check owner, repository and file name, upper and lower case included'
  return new AlmanacError(error.code, error.message, hint, { cause: error })
}

/** A file that was fetched whole, as far as we go. */
function bufferedSource(bytes: Uint8Array, size: number): ByteSource {
  return {
    size,
    chunk_bytes: CHUNK_BYTES,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  }
}

/** Whether a server honoured a range: one that does not answers with the whole file from its start. */
const servesParts = (answer: RangeAnswer): boolean => answer.headers['content-range'] !== undefined

/**
 * A remote file to read a header from.
 *
 * @param options - Of every request; `token` goes to the origin of `address` only.
 * @throws {AlmanacError} `AUTH_REQUIRED`, `HTTP_ERROR`, `TIMED_OUT`, `BAD_FILE` where its size is not known.
 */
export async function openRemote(
  address: URL,
  options: HttpOptions,
  fetch: FetchRange = fetchRange,
): Promise<ByteSource> {
  const file = new RemoteFile(address, options, fetch)
  const get = (start: number, length: number): Promise<RangeAnswer> =>
    file.get(start, length).catch((error: unknown) => {
      throw explain(error)
    })
  const first = await get(0, CHUNK_BYTES)
  const ended = first.bytes.byteLength < CHUNK_BYTES
  const size = first.total_bytes ?? (ended ? first.bytes.byteLength : null)
  if (size === null) throw badFile('the server does not say how large the file is')
  if (!servesParts(first)) {
    const whole = size <= CHUNK_BYTES ? first : await get(0, Math.min(size, WHOLE_BYTES))
    return bufferedSource(whole.bytes, size)
  }
  return {
    size,
    chunk_bytes: CHUNK_BYTES,
    async read(offset, length) {
      if (offset + length <= first.bytes.byteLength) {
        return first.bytes.subarray(offset, offset + length)
      }
      const answer = await get(offset, length)
      if (answer.total_bytes !== size) throw badFile('the file changed while it was read')
      return answer.bytes
    },
  }
}
