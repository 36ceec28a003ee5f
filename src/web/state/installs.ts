import { batch, computed, effect, signal } from '@preact/signals'
import { fetchApi } from './fetch-api.js'
import type { Answer } from './fetch-api.js'
import { installOf, withEvent } from './install-job.js'
import type { InstallJob } from './install-job.js'
import { isGone, relist } from './gone-installs.js'
import { machineState, refreshMachine } from './machine.js'
import { linkTo } from './page-mode.js'
import { fieldsOf, listOf } from './read-json.js'

/** All installs that the server remembers, newest first. */
export const installs = signal<readonly InstallJob[]>([])

export const isOver = (job: InstallJob): boolean => job.status !== 'queued' && job.status !== 'running'

export const activeInstalls = computed(() => installs.value.filter((job) => !isOver(job)))

/** The installs worth showing: a model that was removed since is ready no more. */
export const standingInstalls = computed(() => installs.value.filter((job) => !isGone(job)))

/** "41%" while a download runs, for the tab's title; null otherwise. */
export const tabProgress = computed<string | null>(() => {
  const job = installs.value.find(({ status }) => status === 'running')
  if (!job) return watched.value && installs.value[0]?.status === 'done' ? 'Done' : null
  return job.total_bytes ? `${Math.floor((100 * job.completed_bytes) / job.total_bytes)}%` : 'Installing'
})

/** Whether this page has seen an install run. */
const watched = signal(false)

let stream: EventSource | null = null
let streamed = ''

/** Asks for the state of all installs, then follows the one that runs. */
export async function refreshInstalls(): Promise<void> {
  const answer = await fetchApi(linkTo('api/model/install'))
  if (!answer.ok) {
    if (answer.status === 0) void refreshMachine()
    return
  }
  const old = new Map(installs.peek().map((job) => [job.id, job]))
  const jobs = listOf(fieldsOf(answer.body)['installs']).flatMap((fields) => installOf(fields) ?? [])
  const known = new Set(jobs.map(({ id }) => id))
  installs.value = [
    ...jobs.map((job) => ({ ...(old.get(job.id) ?? {}), ...job })).reverse(),
    ...installs.peek().flatMap((job) => (known.has(job.id) ? [] : (interrupted(job) ?? []))),
  ]
  follow()
}

/** An install that a stopped server took with it; what is on the disk is still there. */
function interrupted(job: InstallJob): InstallJob | null {
  if (job.status === 'done') return null
  if (isOver(job)) return job
  return { ...job, status: 'error', code: 'CANCELLED', message: 'llm-almanac was stopped meanwhile.' }
}

/** The running install, else the next one, else the newest whose end this page has not heard. */
function nextToFollow(): InstallJob | undefined {
  const active = activeInstalls.peek()
  const newest = installs.peek()[0]
  const unheard = newest && isOver(newest) && !ends.has(newest.id) ? newest : undefined
  return active.find(({ status }) => status === 'running') ?? active.at(-1) ?? unheard
}

/** Installs whose last event has been heard. */
const ends = new Set<string>()

/** One event stream at a time: browsers allow few connections to a host, and one install runs at a time. */
function follow(): void {
  const next = document.hidden ? undefined : nextToFollow()
  if (next?.id === streamed && stream) return
  stream?.close()
  stream = null
  streamed = next?.id ?? ''
  if (!next) return
  if (!isOver(next)) watched.value = true
  const source = new EventSource(linkTo(`api/model/install/${encodeURIComponent(next.id)}/events`))
  stream = source
  source.onmessage = ({ data }) => hear(next.id, data)
  source.onerror = () => {
    // The browser tries again by itself unless the server no longer knows the install.
    void refreshMachine()
    if (source.readyState !== EventSource.CLOSED || stream !== source) return
    ends.add(next.id)
    stream = null
    streamed = ''
    void refreshInstalls()
  }
}

/** The engine drops a connection that is silent for so long, and begins where it stopped. */
const SILENT_MS = 15_000
let silence: ReturnType<typeof setTimeout> | undefined

function replace(job: InstallJob): void {
  installs.value = installs.peek().map((each) => (each.id === job.id ? job : each))
}

function hear(id: string, data: unknown): void {
  const job = installs.peek().find((each) => each.id === id)
  if (!job || typeof data !== 'string') return
  const next = withEvent(job, data)
  if (next.status === 'done') void relist(id)
  replace(next)
  clearTimeout(silence)
  if (next.status === 'running') silence = setTimeout(() => replace({ ...next, silent: true }), SILENT_MS)
  if (!isOver(next)) return
  ends.add(id)
  // A stream left open would be asked for again for ever.
  stream?.close()
  stream = null
  streamed = ''
  void refreshInstalls()
}

/** Asks for an install; a refusal comes back as its sentence. */
export async function startInstall(model: string, provider: string, force: boolean): Promise<Answer> {
  const body = force ? { model, provider, force } : { model, provider }
  const answer = await fetchApi(linkTo('api/model/install'), 'POST', body)
  const job = answer.ok ? installOf(fieldsOf(answer.body)) : null
  if (job) {
    batch(() => {
      watched.value = true
      const others = installs.peek().filter((each) => each.id !== job.id)
      installs.value = [job, ...others.filter((each) => !isOver(each) || each.model !== job.model)]
    })
    follow()
  }
  return answer
}

export async function cancelInstall(id: string): Promise<void> {
  await fetchApi(linkTo(`api/model/install/${encodeURIComponent(id)}`), 'DELETE')
  await refreshInstalls()
}

export function startInstalls(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) follow()
    else void refreshInstalls()
  })
  // A server that is back may remember other installs than before.
  effect(() => {
    if (machineState.value === 'ready') void refreshInstalls()
  })
  // Another tab or the command line may start one; asking is cheap and only while the page is seen.
  setInterval(() => {
    if (!document.hidden && !stream) void refreshInstalls()
  }, 15_000)
}
