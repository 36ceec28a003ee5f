import { fieldsOf, numberOf, printable, textOf } from './read-json.js'
import type { Fields } from './read-json.js'

export type InstallStatus = 'queued' | 'running' | 'done' | 'error' | 'cancelled'

/** An install as the page shows it: what the API says, and what the events add. */
export interface InstallJob {
  id: string
  /** As asked for: `MODEL[@QUANT]` or `hf:…`. */
  model: string
  provider: string
  status: InstallStatus
  completed_bytes: number
  total_bytes: number | null
  phase?: string
  /** Which of several files is at work, from 1; null where there is one. */
  part?: number | null
  parts?: number | null
  bytes_per_second?: number | null
  /** Nothing has arrived for a while. */
  silent?: boolean
  /** Why it failed, or what the server wants to be known. */
  message?: string
  /** Kind of the failure, as in the errors of the command line. */
  code?: string
  /** Name to run it by, from the provider. */
  name?: string
  path?: string
}

const STATUSES: readonly string[] = ['queued', 'running', 'done', 'error', 'cancelled']

function isStatus(text: string | null): text is InstallStatus {
  return text !== null && STATUSES.includes(text)
}

/** Reads one install of the API; null where it is none. */
export function installOf(fields: Fields): InstallJob | null {
  const id = textOf(fields['id'])
  const status = textOf(fields['status'])
  if (id === null || !isStatus(status)) return null
  return {
    id,
    status,
    model: textOf(fields['model']) ?? '',
    provider: textOf(fields['provider']) ?? '',
    completed_bytes: numberOf(fields['completed_bytes']) ?? 0,
    total_bytes: numberOf(fields['total_bytes']),
  }
}

/** The install after one event of its stream; an event that cannot be read changes nothing. */
export function withEvent(job: InstallJob, data: string): InstallJob {
  let event: Fields
  try {
    event = fieldsOf(JSON.parse(data))
  } catch {
    return job
  }
  const total = numberOf(event['total_bytes']) ?? job.total_bytes
  switch (event['type']) {
    case 'start':
      return { ...job, status: 'running', total_bytes: total }
    case 'progress':
      return {
        ...job,
        status: 'running',
        total_bytes: total,
        // A second stream may begin a little behind the first.
        completed_bytes: Math.max(job.completed_bytes, numberOf(event['completed_bytes']) ?? 0),
        phase: textOf(event['phase']) ?? 'downloading',
        part: numberOf(event['part']),
        parts: numberOf(event['parts']),
        bytes_per_second: numberOf(event['bytes_per_second']),
        silent: false,
      }
    case 'notice':
      return { ...job, message: printable(textOf(event['message']) ?? '') }
    case 'done':
      return withResult({ ...job, status: 'done', completed_bytes: total ?? job.completed_bytes }, event)
    case 'error':
      return { ...job, status: 'error', message: reasonOf(event), code: textOf(event['code']) ?? 'INTERNAL' }
    case 'cancelled':
      return { ...job, status: 'cancelled' }
    default:
      return job
  }
}

function withResult(job: InstallJob, event: Fields): InstallJob {
  const name = textOf(event['name'])
  const path = textOf(event['path'])
  return { ...job, ...(name === null ? {} : { name }), ...(path === null ? {} : { path }) }
}

function reasonOf(event: Fields): string {
  const message = printable(textOf(event['message']) ?? 'It failed.')
  const hint = textOf(event['hint'])
  return hint === null ? message : `${message} (${printable(hint)})`
}
