import { vi } from 'vitest'

const real = await vi.importActual<typeof import('node:timers/promises')>('node:timers/promises')

/**
 * Pauses between tries, a thousand times shorter: how often something is tried is proved all the same.
 *
 * @example vi.mock('node:timers/promises', () => import('./quick-pauses.js'))
 */
export const setTimeout: typeof real.setTimeout = (delay, value, options) =>
  real.setTimeout((delay ?? 0) / 1000, value, options)
