import { formatGib } from '../units.js'
import type { InstallEvent } from '../install/types.js'
import { drawBar } from './bar.js'
import type { Io } from './io.js'

type Progress = Extract<InstallEvent, { type: 'progress' }>

const BAR_WIDTH = 24
const PHASES = { downloading: '', verifying: ' checking', importing: ' importing' } as const

/** One line on the terminal that moves; nothing at all where stderr is a pipe. */
export class ProgressLine {
  readonly #io: Io
  #shown = false

  constructor(io: Io) {
    this.#io = io
  }

  update(progress: Progress): void {
    if (!this.#io.isErrTerminal) return
    this.#shown = true
    this.#io.err(`\r\u001b[2K${this.describe(progress)}`)
  }

  clear(): void {
    if (this.#shown) this.#io.err('\r\u001b[2K')
    this.#shown = false
  }

  describe({ phase, completed_bytes, total_bytes, bytes_per_second }: Progress): string {
    const done = formatGib(completed_bytes)
    if (total_bytes === null || total_bytes === 0) return `${done}${PHASES[phase]}`
    const bar = drawBar(
      [{ bytes: completed_bytes, sign: '█', style: 'blue' }],
      total_bytes,
      BAR_WIDTH,
      this.#io,
    )
    const percent = `${Math.floor((completed_bytes / total_bytes) * 100)}%`.padStart(5)
    const speed = bytes_per_second ? `  ${(bytes_per_second / 1e6).toFixed(1)} MB/s` : ''
    const left = bytes_per_second
      ? `  ${formatDuration((total_bytes - completed_bytes) / bytes_per_second)} left`
      : ''
    return `${bar}${percent}  ${done} of ${formatGib(total_bytes)}${phase === 'downloading' ? speed + left : PHASES[phase]}`
  }
}

/** `90` is `1 min 30 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
