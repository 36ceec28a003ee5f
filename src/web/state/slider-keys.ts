/**
 * Where the Page keys take a slider: one doubling of the context; null for every other key, which the
 * browser handles itself.
 *
 * @param offset - Positions before the first stop.
 */
export function keyStep(key: string, position: number, stops: readonly number[], offset = 0): number | null {
  const up = key === 'PageUp'
  if (!up && key !== 'PageDown') return null
  const last = stops.length - 1 + offset
  const here = stops[position - offset]
  if (here === undefined) return up ? Math.min(last, offset) : position
  const index = up
    ? stops.findIndex((stop) => stop >= here * 2)
    : stops.findLastIndex((stop) => stop <= here / 2)
  if (index >= 0) return index + offset
  return up ? last : offset === 0 ? 0 : offset
}
