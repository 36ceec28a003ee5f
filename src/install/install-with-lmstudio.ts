import { AlmanacError } from '../errors.js'
import { pause } from './cancelled.js'
import { isPassing } from './retries.js'
import type { LmStudioDownload } from '../providers/index.js'
import type { LmStudioDownloader } from './install-ports.js'
import type { InstallTarget } from './install-target.js'
import { ProgressMeter } from './progress.js'
import type { Report } from './types.js'

const POLL_S = 1
/** The download goes on inside LM Studio while it is too busy to tell of it. */
const MAX_MISSED = 5
const GOES_ON = 'LM Studio goes on by itself; its Downloads panel can stop it'
/** A download whose count stands still for so long has stalled. */
const STALL_S = 120

/**
 * Lets LM Studio download a build by its own REST interface and follows it to the end. LM Studio goes on by
 * itself where we stop asking.
 *
 * @throws {AlmanacError} `PROVIDER_FAILED` where it fails, stalls, or does not know downloads.
 */
export async function installWithLmStudio(
  target: InstallTarget,
  lmstudio: LmStudioDownloader,
  context: { report: Report; signal: AbortSignal | undefined; hub_url: string },
): Promise<void> {
  const repo = target.files[0]?.repo
  if (repo === undefined) {
    throw new AlmanacError(
      'PROVIDER_FAILED',
      `no file of ${target.label} is known on Hugging Face`,
      'use --provider ollama',
    )
  }
  const { report, signal } = context
  const request = {
    model: `${context.hub_url}/${repo}`,
    ...(target.quantization === null ? {} : { quantization: target.quantization }),
  }
  const started = await lmstudio.startDownload(request, signal)
  const total = started.total_bytes ?? target.bytes
  report({
    type: 'start',
    model: target.label,
    quantization: target.quantization,
    provider: 'lmstudio',
    total_bytes: total,
  })
  const meter = new ProgressMeter(report, total)
  const ended = await follow(started, lmstudio, { meter, signal }).finally(() => meter.end())
  if (ended.status === 'failed') {
    throw new AlmanacError(
      'PROVIDER_FAILED',
      `LM Studio: ${ended.error ?? 'the download failed'}`,
      'look at its Downloads panel, then try again',
    )
  }
  const bytes = ended.total_bytes ?? total
  report({ type: 'done', provider: 'lmstudio', name: repo, ...(bytes === null ? {} : { bytes }) })
}

async function follow(
  started: LmStudioDownload,
  lmstudio: LmStudioDownloader,
  context: { meter: ProgressMeter; signal: AbortSignal | undefined },
): Promise<LmStudioDownload> {
  let state = started
  let most = -1
  let still = 0
  let missed = 0
  while (state.job_id !== null && (state.status === 'downloading' || state.status === 'paused')) {
    const bytes = state.downloaded_bytes ?? 0
    still = bytes > most ? 0 : still + POLL_S
    most = Math.max(most, bytes)
    if (still > STALL_S) {
      throw new AlmanacError(
        'PROVIDER_FAILED',
        'the download inside LM Studio stands still',
        'look at its Downloads panel',
      )
    }
    if (state.total_bytes !== null) context.meter.total = state.total_bytes
    context.meter.update(bytes, 'downloading')
    await pause(POLL_S, context.signal, GOES_ON)
    const answer = await askStatus(state.job_id, lmstudio, context.signal)
    missed = answer === null ? missed + 1 : 0
    if (missed > MAX_MISSED) throw unanswered()
    state = answer ?? state
  }
  return state
}

/** @returns null where LM Studio does not answer just now. */
async function askStatus(
  job: string,
  lmstudio: LmStudioDownloader,
  signal: AbortSignal | undefined,
): Promise<LmStudioDownload | null> {
  try {
    return await lmstudio.downloadStatus(job, signal)
  } catch (error) {
    if (error instanceof Error && isPassing(error.cause)) return null
    throw error
  }
}

function unanswered(): AlmanacError {
  return new AlmanacError('PROVIDER_FAILED', 'LM Studio no longer tells how far the download is', GOES_ON)
}
