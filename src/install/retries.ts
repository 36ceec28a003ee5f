import { AlmanacError } from '../errors.js'
import { HttpFailure } from '../http/index.js'
import { pause } from './cancelled.js'

/** Failures in a row without a new byte before we give up. */
const MAX_FAILURES = 5
/** A server that does not even answer gets one second chance. */
const MAX_SILENT = 1
const FIRST_PAUSE_S = 0.5
const LONGEST_PAUSE_S = 8
/** A server that asks for more patience than this is left alone. */
const MAX_RETRY_AFTER_S = 60

const LATER = 'run the same command again later; what has arrived is kept'

/** Counts failures in a row, waits between tries, and says when it is enough. */
export class RetryBudget {
  #failures = 0
  #silent = 0

  /**
   * Waits before the next try.
   *
   * @param progressed - Whether new bytes came before the failure: the count starts again.
   * @throws the failure itself where another try is pointless, or none is left.
   */
  async wait(failure: unknown, signal?: AbortSignal, progressed = false): Promise<void> {
    if (!isPassing(failure)) throw failure
    if (progressed) this.#failures = this.#silent = 0
    else if (failure.kind === 'timed_out') this.#silent += 1
    this.#failures += 1
    if (this.#failures > MAX_FAILURES || this.#silent > MAX_SILENT) throw giveUp(failure)
    await pause(this.#pauseSeconds(failure), signal)
  }

  #pauseSeconds(failure: HttpFailure): number {
    const asked = failure.retry_after_s
    if (asked === undefined) return Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** (this.#failures - 1))
    if (asked > MAX_RETRY_AFTER_S) {
      const message = `${failure.message} and asks to wait ${Math.ceil(asked)} seconds`
      throw new AlmanacError('HTTP_ERROR', message, LATER)
    }
    return asked
  }
}

/** Runs a question again after passing failures. @param budget - Shared by questions that follow one another. */
export async function withRetries<T>(
  ask: () => Promise<T>,
  signal?: AbortSignal,
  budget = new RetryBudget(),
): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (failure) {
      await budget.wait(failure, signal)
    }
  }
}

/** Whether the same question may well get an answer a moment later. */
export function isPassing(failure: unknown): failure is HttpFailure {
  if (!(failure instanceof HttpFailure)) return false
  if (failure.kind === 'http_error') return failure.status === 429 || (failure.status ?? 0) >= 500
  return ['refused', 'unreachable', 'timed_out', 'reset', 'bad_output'].includes(failure.kind)
}

function giveUp(failure: HttpFailure): AlmanacError {
  return new AlmanacError('HTTP_ERROR', `${failure.message}, several times in a row`, LATER, {
    cause: failure,
  })
}
