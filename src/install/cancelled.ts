import { setTimeout as sleep } from 'node:timers/promises'
import { AlmanacError } from '../errors.js'

/** What a person who interrupts should know: nothing is lost. */
export const RESUME_HINT = 'the same command resumes where it stopped'

/** @param hint - Where something else than the same command goes on. */
export function cancelled(hint = RESUME_HINT): AlmanacError {
  return new AlmanacError('CANCELLED', 'interrupted', hint)
}

/** One message for every way in which an interruption shows; any other error comes back as it is. */
export function explainCancel(error: unknown): unknown {
  if (error instanceof AlmanacError) return error.code === 'CANCELLED' ? cancelled(error.hint) : error
  return error instanceof Error && error.name === 'AbortError' ? cancelled() : error
}

/** Waits for something that cannot be stopped itself, and no longer than until the signal. */
export async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(cancelled())
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** @throws {AlmanacError} `CANCELLED`, with the hint, where the signal fires meanwhile. */
export async function pause(seconds: number, signal: AbortSignal | undefined, hint?: string): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, signal === undefined ? {} : { signal })
  } catch {
    throw cancelled(hint)
  }
}
