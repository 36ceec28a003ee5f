import { formatGb } from '../units.js'
import type { InstallEvent } from '../install/types.js'
import { drawBar } from './bar.js'
import { displayWidth, truncate } from './display-width.js'
import type { Io } from './io.js'

type Progress = Extract<InstallEvent, { type: 'progress' }>

const WIDEST_BAR = 40
/** A bar shorter than this says nothing; then the numbers alone. */
const SHORTEST_BAR = 6
/** So long without news, and the line says that it waits. */
const QUIET_S = 3
const PHASES = { downloading: '', verifying: 'checking', importing: 'moving into place' } as const

/** One line on the terminal that moves; nothing at all where stderr is a pipe. */
export class ProgressLine {
  readonly #io: Io
  #shown = false
  #last: Progress | undefined
  #heard = 0
  #clock: NodeJS.Timeout | undefined

  constructor(io: Io) {
    this.#io = io
  }

  update(progress: Progress): void {
    if (!this.#io.isErrTerminal) return
    this.#last = progress
    this.#heard = performance.now()
    this.#clock ??= setInterval(() => this.#tick(), 1000).unref()
    this.#draw(progress, 0)
  }

  clear(): void {
    clearInterval(this.#clock)
    this.#clock = undefined
    if (this.#shown) this.#io.err('\r\u001b[2K')
    this.#shown = false
  }

  /** @param quiet_s - How long nothing has come. Never wider than the terminal: a wrapped line cannot be redrawn. */
  describe(progress: Progress, quiet_s = 0): string {
    const { completed_bytes: completed, total_bytes: total, part, parts } = progress
    const before = part === undefined ? '' : `part ${part} of ${parts}  `
    const after = [share(progress), amounts(completed, total), ...doing(progress, quiet_s)]
      .filter(Boolean)
      .join('  ')
    const width = total ? this.#barWidth(before, total) : 0
    if (!total || width < SHORTEST_BAR) return truncate(before + after, this.#io.columns - 1)
    const bar = drawBar([{ bytes: completed, sign: '█', style: 'blue' }], total, width, this.#io)
    return `${before}${bar} ${after}`
  }

  /** What is left beside the longest text, not the present one: the end of the bar must not jump with the numbers. */
  #barWidth(before: string, total: number): number {
    const longest = ['100%', amounts(total, total), '9999 MB/s', '59 min 59 s left'].join('  ')
    return Math.min(WIDEST_BAR, this.#io.columns - 2 - displayWidth(before + longest))
  }

  #tick(): void {
    const quiet = Math.floor((performance.now() - this.#heard) / 1000)
    if (this.#last?.phase === 'downloading' && quiet >= QUIET_S) this.#draw(this.#last, quiet)
  }

  #draw(progress: Progress, quiet_s: number): void {
    this.#shown = true
    this.#io.err(`\r\u001b[2K${this.describe(progress, quiet_s)}`)
  }
}

function share({ completed_bytes, total_bytes }: Progress): string {
  return total_bytes ? `${Math.floor((completed_bytes / total_bytes) * 100)}%`.padStart(4) : ''
}

/** `2.3 of 5.0 GB`: the unit once where both have the same. */
function amounts(completed: number, total: number | null): string {
  if (!total) return formatGb(completed)
  const [whole, done] = [formatGb(total), formatGb(completed)]
  const unit = whole.slice(whole.lastIndexOf(' '))
  return `${done.endsWith(unit) ? done.slice(0, -unit.length) : done} of ${whole}`
}

/** What is being done, how fast, and how long it will take. */
function doing(
  { phase, completed_bytes, total_bytes, bytes_per_second }: Progress,
  quiet_s: number,
): string[] {
  if (phase !== 'downloading') return [PHASES[phase]]
  if (quiet_s > 0) return [`nothing came for ${quiet_s} s`]
  if (!bytes_per_second) return []
  const speed = `${(bytes_per_second / 1e6).toFixed(bytes_per_second < 1e7 ? 1 : 0)} MB/s`
  if (!total_bytes) return [speed]
  return [speed, `${formatDuration((total_bytes - completed_bytes) / bytes_per_second)} left`]
}

/** `90` is `1 min 30 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
