import type { QueueEvent } from '../install/queue.js'
import type { InstallJob } from '../install/queue.js'
import type { AlmanacState } from './almanac-state.js'
import { requestInstall, requestPull } from './install-requests.js'
import { isTerminal, LegacyEvents } from './legacy-events.js'
import type { LegacyEvent } from './legacy-events.js'

/** What an older client may ask for: a pull into Ollama, or the GGUF file itself. */
export type LegacyKind = 'pull' | 'gguf'

/** Queues what an older client asks for. @throws As `requestInstall` and `requestPull`. */
export async function startLegacyDownload(
  kind: LegacyKind,
  model: string,
  state: AlmanacState,
): Promise<InstallJob> {
  const asked =
    kind === 'pull' ? requestPull(model, state) : requestInstall({ model, provider: 'file' }, state)
  return (await asked).job
}

/** Sends the events of an install as older clients read them; `end` after the one terminal event. */
export function followLegacy(
  job: InstallJob,
  state: AlmanacState,
  listener: { send(event: LegacyEvent): void; end(): void },
): () => void {
  const events = new LegacyEvents(job.model)
  const onEvent = (event: QueueEvent): void => {
    const translated = events.translate(event)
    if (translated) listener.send(translated)
    if (isTerminal(event)) listener.end()
  }
  return state.queue.subscribe(job.id, onEvent) ?? (() => {})
}

/** Waits for the end of an install. */
export function untilOver(job: InstallJob, state: AlmanacState): Promise<QueueEvent> {
  return new Promise((resolve) => {
    state.queue.subscribe(job.id, (event) => {
      if (isTerminal(event)) resolve(event)
    })
  })
}

/** Cancels every install of that name that waits or runs. @returns How many there were. */
export function cancelByName(model: string, state: AlmanacState): number {
  const wanted = model.toLowerCase()
  const active = state.queue
    .list()
    .filter((job) => job.model.toLowerCase() === wanted && ['queued', 'running'].includes(job.status))
  for (const { id } of active) state.queue.cancel(id)
  return active.length
}
