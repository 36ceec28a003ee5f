import { HttpFailure } from './http-failure.js'
import { shownUrl } from './shown-url.js'

/** Longest delay that a timer takes; longer ones (`Infinity`) would fire at once. */
const MAX_TIMER_S = 2 ** 31 / 1000 - 1

/**
 * The clocks of one request: one for the whole of it and one for the phase it is in. The first reason to stop
 * is kept in `failure`, because a destroyed socket only says that it was destroyed.
 */
export class Watch {
  failure: HttpFailure | undefined
  readonly #url: URL
  readonly #stop: (failure: HttpFailure) => void
  #phase: NodeJS.Timeout | undefined
  #total: NodeJS.Timeout | undefined
  #release: () => void = () => {}

  constructor(url: URL, stop: (failure: HttpFailure) => void) {
    this.#url = url
    this.#stop = stop
  }

  /** Starts the clock of the whole request and listens to the caller's signal. */
  start(totalS: number, signal: AbortSignal | undefined): void {
    if (totalS <= MAX_TIMER_S) {
      this.#total = setTimeout(
        () => this.#expire(`was not done after ${shownSeconds(totalS)}`),
        totalS * 1000,
      )
    }
    if (!signal) return
    const onAbort = (): void =>
      this.fail(new HttpFailure('cancelled', `The request to ${shownUrl(this.#url)} was cancelled`))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    this.#release = () => signal.removeEventListener('abort', onAbort)
  }

  /** Replaces the clock of the present phase. */
  arm(seconds: number, what: string): void {
    this.disarm()
    if (seconds > MAX_TIMER_S) return
    this.#phase = setTimeout(() => this.#expire(`${what} for ${shownSeconds(seconds)}`), seconds * 1000)
  }

  disarm(): void {
    clearTimeout(this.#phase)
  }

  fail(failure: HttpFailure): void {
    this.failure ??= failure
    this.end()
    this.#stop(this.failure)
  }

  end(): void {
    this.disarm()
    clearTimeout(this.#total)
    this.#release()
  }

  #expire(what: string): void {
    this.fail(new HttpFailure('timed_out', `${shownUrl(this.#url)} ${what}`))
  }
}

function shownSeconds(seconds: number): string {
  return `${Math.round(seconds * 10) / 10} s`
}
