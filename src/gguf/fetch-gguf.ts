import { AlmanacError } from '../errors.js'
import type { HttpOptions } from '../http/index.js'
import { badFile, shownName } from './bad-file.js'
import { type GgufHeader, joinParts } from './gguf-header.js'
import { type RawHeader, readRawHeader } from './header.js'
import { hfFileUrl, type HfSpec, parseHfSpec } from './hf-spec.js'
import { partNames } from './part-names.js'
import { type FetchRange, openRemote } from './remote-source.js'

export interface FetchGgufOptions {
  /** Where `HF_ENDPOINT` and `HF_TOKEN` are looked up; default: neither is set. */
  env?: Readonly<Record<string, string | undefined>>
  signal?: AbortSignal
  /** Instead of src/http's, for tests. */
  fetchRange?: FetchRange
}

/** Longest time for one request, and for all of them, in seconds: a slow line takes 20 s for 2 MB. */
const REQUEST_S = 30
const TOTAL_S = 120
const HEADER_S = 10
const IDLE_S = 10

function httpOptions(token: string | undefined, signal: AbortSignal): HttpOptions {
  return {
    signal,
    connect_s: HEADER_S,
    header_s: HEADER_S,
    idle_s: IDLE_S,
    total_s: REQUEST_S,
    ...(token === undefined ? {} : { token }),
  }
}

async function fetchPart(spec: HfSpec, options: FetchGgufOptions, signal: AbortSignal): Promise<RawHeader> {
  const env = options.env ?? {}
  const url = hfFileUrl(spec, env['HF_ENDPOINT'])
  const token = env['HF_TOKEN']?.trim() || undefined
  const source = await openRemote(url, httpOptions(token, signal), options.fetchRange)
  const header = await readRawHeader(source, source.size)
  if (!header) throw badFile(`${shownName(spec.file)} ends within its header`)
  return header
}

/** Turns our own time limit into its error; the caller's signal has one already. */
function timedOut(error: unknown, limit: AbortSignal): unknown {
  if (!limit.aborted) return error
  const message = `reading the header took longer than ${TOTAL_S} s`
  return new AlmanacError('TIMED_OUT', message, 'try again on a faster line', { cause: error })
}

/**
 * Reads the header of a model on Hugging Face by range requests of 2 MiB: its header and no tensor data. Of a split
 * model any part may be named.
 *
 * @param spec - `hf:OWNER/REPO/FILE.gguf`.
 * @throws {AlmanacError} `BAD_USAGE` for a bad spec, before any request; `AUTH_REQUIRED`, `HTTP_ERROR`, `TIMED_OUT`,
 * `CANCELLED`; `BAD_FILE` where it is not a complete GGUF model.
 */
export async function fetchGguf(spec: string, options: FetchGgufOptions = {}): Promise<GgufHeader> {
  const parsed = parseHfSpec(spec)
  const limit = AbortSignal.timeout(TOTAL_S * 1000)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  const parts: RawHeader[] = []
  try {
    for (const file of partNames(parsed.file)) {
      parts.push(await fetchPart({ ...parsed, file }, options, signal))
    }
  } catch (error) {
    throw timedOut(error, limit)
  }
  return joinParts(parts)
}
