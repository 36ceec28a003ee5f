import { useEffect } from 'preact/hooks'
import { formatGib } from '../../units.js'
import { announce } from '../shell/announcer.js'
import type { InstallJob } from '../state/install-job.js'
import { providerName } from '../state/installed.js'

const percentOf = ({ completed_bytes, total_bytes }: InstallJob): number =>
  total_bytes ? Math.min(100, (100 * completed_bytes) / total_bytes) : 0

/** How far an install is; spoken each tenth and when its phase changes. */
export function ProgressBar({ job, slim = false }: { job: InstallJob; slim?: boolean }) {
  const percent = Math.floor(percentOf(job))
  const words = phaseWords(job)
  const tenth = Math.floor(percent / 10)
  useEffect(() => announce(`${words}, ${tenth * 10}%`), [words, tenth])
  return (
    <div class={slim ? 'progress slim' : 'progress'}>
      <div
        class="progress-track"
        role="progressbar"
        aria-label={`Install of ${job.model}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${words}, ${percent}%`}
      >
        <span class="progress-done" style={{ width: `${percentOf(job)}%` }} />
      </div>
      {slim ? (
        <p class="small muted unbroken">{job.status === 'queued' ? 'Waiting' : `${percent}%`}</p>
      ) : (
        <p class="progress-numbers small">
          <span>
            <strong>{amountWords(job)}</strong>
            {job.total_bytes === null ? '' : `, ${percent}%`}
          </span>
          <span class="muted">{speedWords(job)}</span>
        </p>
      )}
    </div>
  )
}

function amountWords({ completed_bytes, total_bytes }: InstallJob): string {
  if (total_bytes === null) return `${formatGib(completed_bytes)} so far`
  const total = formatGib(total_bytes)
  // One unit said once, where both numbers have it.
  const part = formatGib(completed_bytes)
  return `${part.endsWith(' GiB') && total.endsWith(' GiB') ? part.slice(0, -' GiB'.length) : part} of ${total}`
}

/** What is going on, in words. */
export function phaseWords({ status, phase, provider, silent, part, parts }: InstallJob): string {
  if (status === 'queued') return 'Waiting for its turn'
  if (silent && phase !== 'verifying') return 'No data for 15 seconds. Trying again.'
  if (phase === 'verifying') return 'Checking the file'
  if (phase === 'importing') return `Adding it to ${providerName(provider)}`
  const how = provider === 'file' ? 'Downloading' : `Downloading with ${providerName(provider)}`
  return part && parts ? `${how}, part ${part} of ${parts}` : how
}

function speedWords({ bytes_per_second: speed, completed_bytes, total_bytes, phase }: InstallJob): string {
  if (!speed || phase !== 'downloading') return ''
  const rate = `${(speed / 1e6).toFixed(speed < 1e7 ? 1 : 0)} MB/s`
  if (total_bytes === null) return rate
  return `${rate}, ${timeWords((total_bytes - completed_bytes) / speed)} left`
}

/** Time for people: `timeWords(240) // 'about 4 minutes'`. */
export function timeWords(seconds: number): string {
  if (seconds < 50) return 'under a minute'
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return minutes === 1 ? 'about a minute' : `about ${minutes} minutes`
  const hours = Math.round(minutes / 60)
  return hours === 1 ? 'about an hour' : `about ${hours} hours`
}
