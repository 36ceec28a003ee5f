import type { ProgressPhase, Report } from './types.js'

/** At most four progress events a second, beside the first and the last of a phase. */
const EVENT_MS = 250
/** Speed is averaged over about so many seconds. */
const AVERAGE_S = 5

/**
 * Turns byte counts into progress events: never backwards, not too many, with a smoothed speed. The last count
 * before a silence is reported too.
 */
export class ProgressMeter {
  readonly #report: Report
  #total: number | null
  #completed = 0
  #phase: ProgressPhase | undefined
  #last = -Infinity
  #sample: { at: number; bytes: number } | undefined
  #speed: number | null = null
  #held: NodeJS.Timeout | undefined

  constructor(report: Report, total: number | null) {
    this.#report = report
    this.#total = total
  }

  /** Which of several files is at work, from 1. */
  part: { part: number; parts: number } | undefined

  /** The most bytes that have been there. */
  get completed(): number {
    return this.#completed
  }

  set total(bytes: number) {
    this.#total = Math.max(bytes, this.#completed)
  }

  /** @param bytes - Bytes that are there, over all files or layers. */
  update(bytes: number, phase: ProgressPhase): void {
    const now = performance.now()
    const advanced = Math.max(this.#completed, bytes)
    if (phase === 'downloading') this.#measure(now, bytes)
    this.#completed = this.#total === null ? advanced : Math.min(advanced, this.#total)
    const finished = this.#completed === this.#total
    const wait = this.#last + EVENT_MS - now
    if (phase !== this.#phase || finished || wait <= 0) return this.#tell(phase)
    this.#held ??= setTimeout(() => this.#tell(phase), wait).unref()
  }

  /** To be called when the work is over, however it went: nothing is reported after. */
  end(): void {
    clearTimeout(this.#held)
  }

  #tell(phase: ProgressPhase): void {
    clearTimeout(this.#held)
    this.#held = undefined
    this.#phase = phase
    this.#last = performance.now()
    this.#report({
      type: 'progress',
      phase,
      completed_bytes: this.#completed,
      total_bytes: this.#total,
      bytes_per_second: this.#speed === null ? null : Math.round(this.#speed),
      ...this.part,
    })
  }

  #measure(now: number, bytes: number): void {
    const before = this.#sample
    if (!before || bytes < before.bytes) {
      this.#sample = { at: now, bytes }
      return
    }
    const seconds = (now - before.at) / 1000
    if (seconds < 0.25) return
    const current = (bytes - before.bytes) / seconds
    const weight = Math.min(1, seconds / AVERAGE_S)
    this.#speed = this.#speed === null ? current : this.#speed + weight * (current - this.#speed)
    this.#sample = { at: now, bytes }
  }
}
