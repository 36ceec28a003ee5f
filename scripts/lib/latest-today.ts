/** The earliest time zone is 14 hours ahead: there a contributor's today begins. */
const AHEAD_MS = 14 * 60 * 60 * 1000

/** The latest calendar date anywhere on Earth, YYYY-MM-DD. */
export function latestToday(now: Date): string {
  return new Date(now.getTime() + AHEAD_MS).toISOString().slice(0, 10)
}
