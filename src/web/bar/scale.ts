import { GIB } from '../../units.js'
import type { Lane } from './lanes.js'

/** Right end of the ruler in bytes: a little more than the largest device has, the same for every row. */
export function endOfRuler(lanes: readonly Lane[]): number {
  const largest = Math.max(...lanes.map((lane) => lane.total), 0)
  return largest > 0 ? largest * 1.12 : 24 * GIB
}

/** Distances between ticks that people count in. */
const STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256]

/**
 * GiB at which a ruler has ticks, at most `most` of them, from 0.
 *
 * @example listTicks(24 * GIB, 7) // [0, 4, 8, 12, 16, 20, 24]
 */
export function listTicks(end: number, most: number): number[] {
  const gib = end / GIB
  const step = STEPS.find((size) => gib / size <= most - 1) ?? 512
  return Array.from({ length: Math.floor(gib / step) + 1 }, (_, index) => index * step)
}
