import { fetchJson } from '../../http/index.js'
import { Ask, patient } from '../ask.js'
import { countOf, fieldOf, textOf } from '../json-fields.js'
import { errorText } from '../parse-items.js'
import { ProviderFault } from '../provider-fault.js'
import type { ProviderConnection } from '../provider-facts.js'

const REQUEST_S = 30
const STATUSES = ['downloading', 'paused', 'completed', 'failed', 'already_downloaded'] as const

/** State of a download inside LM Studio. */
export interface LmStudioDownload {
  /** `null` where nothing has to be downloaded. */
  job_id: string | null
  status: (typeof STATUSES)[number]
  total_bytes: number | null
  downloaded_bytes: number | null
  bytes_per_s: number | null
  error: string | null
}

/** LM Studio does not download this, or nothing at all by its API: an older one answers unknown paths with 200. */
export class UnsupportedDownload extends ProviderFault {
  constructor(why: string) {
    super('http_error', `LM Studio does not support this download: ${why}`, 'Update LM Studio')
  }
}

function parseDownload(value: unknown, knownJob: string | null): LmStudioDownload {
  const status = STATUSES.find((known) => known === fieldOf(value, 'status'))
  const error = errorText(value)
  if (status === undefined) {
    const why = error ?? 'an answer without a known status'
    if (knownJob === null) throw new UnsupportedDownload(why)
    throw new ProviderFault(
      'bad_output',
      `LM Studio does not tell how far the download is: ${why}`,
      'Look at its Downloads panel',
    )
  }
  const jobId = knownJob ?? textOf(fieldOf(value, 'job_id'))
  if (jobId === null && (status === 'downloading' || status === 'paused')) {
    throw new ProviderFault('bad_output', 'LM Studio started a download without saying which')
  }
  return {
    job_id: jobId,
    status,
    total_bytes: countOf(fieldOf(value, 'total_size_bytes')),
    downloaded_bytes: countOf(fieldOf(value, 'downloaded_bytes')),
    bytes_per_s: countOf(Math.round(Number(fieldOf(value, 'bytes_per_second')))),
    error,
  }
}

/**
 * Starts a download.
 *
 * @param request - `model`: a catalog name of LM Studio or a Hugging Face link.
 * @throws {UnsupportedDownload | ProviderFault | HttpFailure}
 */
export async function startDownload(
  connection: ProviderConnection,
  request: { model: string; quantization?: string },
  signal?: AbortSignal,
): Promise<LmStudioDownload> {
  const url = `${new Ask(connection).url}/api/v1/models/download`
  const options = { ...patient(connection, REQUEST_S, signal), method: 'POST', json: request } as const
  return parseDownload(await fetchJson(url, options), null)
}

/** How far a download is. @throws {ProviderFault | HttpFailure} */
export async function fetchDownloadStatus(
  connection: ProviderConnection,
  jobId: string,
  signal?: AbortSignal,
): Promise<LmStudioDownload> {
  const url = `${new Ask(connection).url}/api/v1/models/download/status/${encodeURIComponent(jobId)}`
  return parseDownload(await fetchJson(url, patient(connection, REQUEST_S, signal)), jobId)
}
