import { randomUUID } from 'node:crypto'
import { AlmanacError } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import type { InstallEvent, InstallProvider, Report } from './types.js'

export type InstallStatus = 'queued' | 'running' | 'done' | 'error' | 'cancelled'

/** One install as the API shows it. */
export interface InstallJob {
  id: string
  /** As it was asked for. */
  model: string
  provider: InstallProvider
  status: InstallStatus
  completed_bytes: number
  total_bytes: number | null
}

/** What a listener hears: the events of the engine, and how it ended. */
export type QueueEvent =
  | InstallEvent
  | { type: 'error'; code: ErrorCode; message: string; hint: string | null }
  | { type: 'cancelled' }

export interface InstallRequest {
  model: string
  provider: InstallProvider
  force?: boolean
  /** Requests of the same key are the same install; default: provider and model. */
  key?: string
  /** What to run instead of the queue's own engine. */
  run?: (context: RunContext) => Promise<void>
}

export interface RunContext {
  force: boolean
  signal: AbortSignal
  report: Report
}

export type RunInstall = (model: string, provider: InstallProvider, context: RunContext) => Promise<void>

type Listener = (event: QueueEvent) => void

interface Entry {
  job: InstallJob
  key: string
  request: InstallRequest
  abort: AbortController
  /** The present state as one event. */
  last: QueueEvent
  listeners: Set<Listener>
}

/** Finished installs are remembered for late listeners; more than anybody looks at. */
const MAX_FINISHED = 100
/** More waiting installs than a person asks for. */
const MAX_WAITING = 50

/**
 * Installs one after the other. A cancelled one is over at once for everybody who listens; the next starts when
 * its engine has let go of the files.
 */
export class InstallQueue {
  readonly #run: RunInstall
  readonly #entries = new Map<string, Entry>()
  #active: Promise<void> | undefined
  #closed = false

  /** @param run - The engine; rejects with why it failed, and ends soon after its signal fires. */
  constructor(run: RunInstall) {
    this.#run = run
  }

  /**
   * Adds an install, or finds the same one where it is waiting or running.
   *
   * @throws {AlmanacError} `BUSY` where too many wait.
   */
  enqueue(request: InstallRequest): { job: InstallJob; is_new: boolean } {
    const key = request.key ?? `${request.provider} ${request.model}`
    const same = this.find(key)
    if (same) return { job: same, is_new: false }
    const waiting = [...this.#entries.values()].filter(({ job }) => !isOver(job)).length
    if (waiting >= MAX_WAITING || this.#closed) {
      throw new AlmanacError('BUSY', 'too many installs are waiting', 'wait until one is done')
    }
    const entry = newEntry(request, key)
    this.#entries.set(entry.job.id, entry)
    void this.#advance()
    return { job: { ...entry.job }, is_new: true }
  }

  /** The install of a key that is waiting or running. */
  find(key: string): InstallJob | undefined {
    const found = [...this.#entries.values()].find((entry) => entry.key === key && !isOver(entry.job))
    return found && { ...found.job }
  }

  /** All installs, oldest first. */
  list(): InstallJob[] {
    return [...this.#entries.values()].map(({ job }) => ({ ...job }))
  }

  get(id: string): InstallJob | undefined {
    const job = this.#entries.get(id)?.job
    return job && { ...job }
  }

  /** Ends an install; one that is over stays as it is. Partial files stay. */
  cancel(id: string): InstallJob | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    if (!isOver(entry.job)) {
      this.#finish(entry, 'cancelled', { type: 'cancelled' })
      entry.abort.abort()
    }
    return { ...entry.job }
  }

  /**
   * Calls `listener` with the present state at once, then with every event until the install is over.
   *
   * @returns What stops it, or `undefined` for an unknown id.
   */
  subscribe(id: string, listener: Listener): (() => void) | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    if (!isOver(entry.job)) entry.listeners.add(listener)
    listener(entry.last)
    return () => void entry.listeners.delete(listener)
  }

  /** Cancels everything, for the end of a server. */
  async close(): Promise<void> {
    this.#closed = true
    for (const id of this.#entries.keys()) this.cancel(id)
    await this.#active
  }

  async #advance(): Promise<void> {
    if (this.#active) return
    const next = [...this.#entries.values()].find(({ job }) => job.status === 'queued')
    if (!next) return
    this.#active = this.#work(next)
    await this.#active
    this.#active = undefined
    await this.#advance()
  }

  async #work(entry: Entry): Promise<void> {
    const { request, job } = entry
    job.status = 'running'
    const context: RunContext = {
      force: request.force ?? false,
      signal: entry.abort.signal,
      report: (event) => this.#report(entry, event),
    }
    try {
      await (request.run?.(context) ?? this.#run(request.model, request.provider, context))
      this.#finish(entry, 'done', { type: 'done', provider: request.provider })
    } catch (error) {
      this.#finish(entry, 'error', toErrorEvent(error))
    }
  }

  #report(entry: Entry, event: InstallEvent): void {
    if (isOver(entry.job)) return
    if (event.type === 'done') return this.#finish(entry, 'done', event)
    if (event.type === 'start') entry.job.total_bytes = event.total_bytes
    if (event.type === 'progress') {
      entry.job.completed_bytes = Math.max(entry.job.completed_bytes, event.completed_bytes)
      entry.job.total_bytes = event.total_bytes
    }
    if (event.type !== 'notice') entry.last = event
    tell(entry, event)
  }

  #finish(entry: Entry, status: InstallStatus, event: QueueEvent): void {
    if (isOver(entry.job)) return
    entry.job.status = status
    if (event.type === 'done') {
      entry.job.completed_bytes = event.bytes ?? entry.job.total_bytes ?? entry.job.completed_bytes
      entry.job.total_bytes ??= event.bytes ?? null
    }
    entry.last = event
    tell(entry, event)
    entry.listeners.clear()
    const finished = [...this.#entries.values()].filter(({ job }) => isOver(job))
    for (const old of finished.slice(0, -MAX_FINISHED)) this.#entries.delete(old.job.id)
  }
}

function newEntry(request: InstallRequest, key: string): Entry {
  const { model, provider } = request
  return {
    job: { id: randomUUID(), model, provider, status: 'queued', completed_bytes: 0, total_bytes: null },
    key,
    request,
    abort: new AbortController(),
    last: { type: 'start', model, quantization: null, provider, total_bytes: null },
    listeners: new Set(),
  }
}

function isOver({ status }: InstallJob): boolean {
  return status !== 'queued' && status !== 'running'
}

function tell(entry: Entry, event: QueueEvent): void {
  for (const listener of [...entry.listeners]) listener(event)
}

function toErrorEvent(error: unknown): QueueEvent {
  if (error instanceof AlmanacError) {
    const { code, message, hint } = error
    return { type: 'error', code, message, hint: hint ?? null }
  }
  return { type: 'error', code: 'INTERNAL', message: 'the install failed unexpectedly', hint: null }
}
