import type { ProgressPhase, Report } from './types.js'

/** At most so many progress events a second, beside the first and the last of a phase. */
const EVENTS_PER_S = 4
/** Speed is averaged over about so many seconds. */
const AVERAGE_S = 5

/**
 * Turns byte counts into progress events: never backwards, not too many, with a smoothed speed.
 */
export class ProgressMeter {
  readonly #report: Report
  readonly #now: () => number
  #total: number | null
  #completed = 0
  #phase: ProgressPhase | undefined
  #last = -Infinity
  #sample: { at: number; bytes: number } | undefined
  #speed: number | null = null

  constructor(report: Report, total: number | null, now: () => number = () => performance.now()) {
    this.#report = report
    this.#total = total
    this.#now = now
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
    const now = this.#now()
    const advanced = Math.max(this.#completed, bytes)
    if (phase === 'downloading') this.#measure(now, bytes)
    this.#completed = this.#total === null ? advanced : Math.min(advanced, this.#total)
    const finished = this.#completed === this.#total
    if (phase === this.#phase && !finished && now - this.#last < 1000 / EVENTS_PER_S) return
    this.#phase = phase
    this.#last = now
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
