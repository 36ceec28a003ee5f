const K = 1024

/** Context lengths that the sliders stop at: powers of two and the steps halfway between them. */
export const CONTEXT_STOPS: readonly number[] = [
  2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024,
].map((thousands) => thousands * K)

/**
 * The stops of a model, its own maximum last.
 *
 * @example listStops(40_960).at(-1) // 40_960
 */
export function listStops(max: number): number[] {
  return [...CONTEXT_STOPS.filter((stop) => stop < max), max]
}

/** Index of the stop that is nearest by ratio, since the sliders are logarithmic. */
export function nearestStop(stops: readonly number[], tokens: number): number {
  let best = 0
  for (const [index, stop] of stops.entries()) {
    const distance = Math.abs(Math.log(stop / tokens))
    if (distance < Math.abs(Math.log((stops[best] ?? stop) / tokens))) best = index
  }
  return best
}
