import type { QueueEvent } from '../install/queue.js'
import { formatGb } from '../units.js'
import { printableText } from './printable-text.js'

/** One event of the older download streams. */
export interface LegacyEvent {
  type: 'start' | 'progress' | 'complete' | 'error' | 'cancelled'
  model: string
  status?: string
  /** 0 to 100, over all layers and files; never falls. */
  percent?: number
  /** The same as `percent`. */
  progress?: number
  downloaded?: string
  total?: string
  speed?: string
  message?: string
  success?: boolean
}

/** Whether an event is the last one of its install. */
export function isTerminal({ type }: { type: string }): boolean {
  return type === 'done' || type === 'error' || type === 'cancelled' || type === 'complete'
}

/** Turns the engine's events into those of the older streams; `null` for what they do not have. */
export class LegacyEvents {
  readonly #model: string
  #percent = 0

  constructor(model: string) {
    this.#model = model
  }

  translate(event: QueueEvent): LegacyEvent | null {
    const model = this.#model
    switch (event.type) {
      case 'start':
        return { type: 'start', model, status: 'starting', ...this.#progress(0) }
      case 'progress':
        return this.#advance(event)
      case 'notice':
        return null
      case 'done':
        return {
          type: 'complete',
          model,
          status: 'success',
          ...this.#progress(100),
          message: `${model} is installed`,
          success: true,
        }
      case 'error': {
        const hint = event.hint === null ? '' : `; ${event.hint}`
        return {
          type: 'error',
          model,
          status: 'error',
          message: printableText(event.message + hint),
          success: false,
        }
      }
      case 'cancelled':
        return { type: 'cancelled', model, status: 'cancelled', message: 'Cancelled', success: false }
    }
  }

  #advance(event: Extract<QueueEvent, { type: 'progress' }>): LegacyEvent {
    const { completed_bytes: completed, total_bytes: total, bytes_per_second: speed } = event
    // Only the end is 100: what is left to verify may take a while.
    const percent = total ? Math.min(99.9, Math.floor((completed / total) * 1000) / 10) : 0
    return {
      type: 'progress',
      model: this.#model,
      status: event.phase,
      ...this.#progress(percent),
      downloaded: formatGb(completed, 2),
      ...(total === null ? {} : { total: formatGb(total, 2) }),
      ...(speed === null ? {} : { speed: `${(speed / 1e6).toFixed(1)} MB/s` }),
    }
  }

  #progress(percent: number): { percent: number; progress: number } {
    this.#percent = Math.max(this.#percent, percent)
    return { percent: this.#percent, progress: this.#percent }
  }
}
