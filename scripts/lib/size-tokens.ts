const FACTOR: Readonly<Record<string, number>> = { m: 1e6, b: 1e9, t: 1e12 }

/**
 * Parameter counts that a name states: `30b-a3b` gives 30e9, `Mixtral-8x7B` 56e9. Active sizes (`a3b`) and
 * effective sizes (`e4b`) are no parameter counts and are left out.
 */
export function sizeTokens(name: string): number[] {
  const pattern = /(?<![a-z0-9.])(?:(\d{1,3})x)?(\d{1,4}(?:\.\d{1,3})?)([mbt])(?![a-z0-9])/gi
  return [...name.matchAll(pattern)].map(
    ([, times = '1', size = '', unit = '']) =>
      Number(times) * Number(size) * (FACTOR[unit.toLowerCase()] ?? 1),
  )
}

/** Names round, count experts twice and leave out embeddings; the next size of a family is at least this far off. */
const TOLERANCE = 1.7

export function isNear(stated: number, real: number): boolean {
  return stated / real < TOLERANCE && real / stated < TOLERANCE
}

/** `8.2 B` for people. */
export function formatCount(count: number): string {
  if (count >= 1e12) return `${(count / 1e12).toFixed(1)} T`
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} B`
  if (count >= 1e6) return `${(count / 1e6).toFixed(0)} M`
  return String(count)
}
