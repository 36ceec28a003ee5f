import { isDeepStrictEqual } from 'node:util'
import type { Machine } from '../machine.js'
import { HEADROOM_BYTES } from '../memory/index.js'

/**
 * How far available memory may stray: it does with every look, also where nothing happens. 64 MiB, a
 * thirty-second of what every plan keeps free.
 */
const MAX_DRIFT_BYTES = HEADROOM_BYTES / 32

/** Whether a machine is still what it was, so that all that was worked out for it holds. */
export function isSameMachine(a: Machine, b: Machine): boolean {
  const [before, now] = [a.ram.available_bytes, b.ram.available_bytes]
  if (before === null || now === null) return isDeepStrictEqual(a, b)
  if (Math.abs(now - before) > MAX_DRIFT_BYTES) return false
  return isDeepStrictEqual({ ...a, ram: { ...a.ram, available_bytes: now } }, b)
}
