import { isDeepStrictEqual } from 'node:util'

/** How long an answer may be used again, at most. */
export const MAX_AGE_S = 5

export interface CachedAnswer<T> {
  value: T
  /** Since the answer was complete; 0 for one that was waited for. */
  age_s: number
}

export interface ProbeCache<T> {
  /** The last answer while it is fresh; else a new one, shared by everybody who asks meanwhile. */
  get(): Promise<CachedAnswer<T>>
  /** Forgets the last answer: something was installed, removed or loaded. */
  clear(): void
  /** Cancels what is under way; for the end of a server. */
  close(): void
}

/**
 * Shares one probe among all who ask at the same time or shortly after. A failed probe is not kept. Where a new one
 * finds the same, the old object stays, so that what was made from it stays too.
 *
 * @param load - Gets the signal that `close` fires; a single caller who leaves cancels nothing.
 * @param options - `max_age_s` up to 5 (default); an answer older than `refresh_after_s` is still given, and a new one
 * is fetched meanwhile, so that nobody waits while requests keep coming; `isSame`: equal facts (default: to the last member); `now` in milliseconds.
 */
export function createProbeCache<T>(
  load: (signal: AbortSignal) => Promise<T>,
  options: {
    max_age_s?: number
    refresh_after_s?: number
    isSame?: (before: T, now: T) => boolean
    now?: () => number
  } = {},
): ProbeCache<T> {
  const isSame = options.isSame ?? isDeepStrictEqual
  const now = options.now ?? (() => performance.now())
  const maxAgeS = Math.min(options.max_age_s ?? MAX_AGE_S, MAX_AGE_S)
  const refreshAfterS = options.refresh_after_s ?? Infinity
  const controller = new AbortController()
  let last: { value: T; at: number } | undefined
  let pending: Promise<T> | undefined

  const start = (): Promise<T> => {
    const mine = load(controller.signal)
      .then((found) => {
        const value = last && isSame(last.value, found) ? last.value : found
        // An answer from before `clear` is for those who wait, not for later.
        if (pending === mine) last = { value, at: now() }
        return value
      })
      .finally(() => {
        if (pending === mine) pending = undefined
      })
    return mine
  }

  return {
    async get() {
      const age = last === undefined ? Infinity : (now() - last.at) / 1000
      if (last !== undefined && age < maxAgeS) {
        // What fails here fails again for the first who has to wait for it.
        if (age >= refreshAfterS && pending === undefined) (pending = start()).catch(() => {})
        return { value: last.value, age_s: age }
      }
      pending ??= start()
      return { value: await pending, age_s: 0 }
    },
    clear() {
      last = undefined
      pending = undefined
    },
    close: () => controller.abort(),
  }
}
