import { performance } from 'node:perf_hooks'
import { recommend, simulateMachine } from '../../../src/recommend/index.js'
import type { Machine } from '../../../src/machine.js'
import { GIB } from '../../../src/units.js'
import type { Figure } from './figure.js'
import { median } from './measure-command.js'

const EMPTY: Machine = {
  platform: 'linux',
  arch: 'x64',
  ram: { total_bytes: 64 * GIB, available_bytes: 56 * GIB },
  gpus: [],
  problems: [],
}
const ROUNDS = 200

/** Time of one ranking of the whole catalog in a warm process, on machines of four sizes. */
export function measureRecommend(): Figure[] {
  return [8, 24, 80, 0].map((gib) => {
    const machine = simulateMachine(EMPTY, { vram_bytes: gib * GIB })
    for (let round = 0; round < 20; round++) recommend(machine)
    const times = Array.from({ length: ROUNDS }, () => {
      const start = performance.now()
      recommend(machine)
      return performance.now() - start
    })
    return {
      name: `recommend() over the catalog, ${gib || 'no'} GiB GPU`,
      value: median(times),
      unit: 'ms',
      target: 2,
    }
  })
}
