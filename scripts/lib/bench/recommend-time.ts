import { performance } from 'node:perf_hooks'
import { recommend, simulateMachine } from '../../../src/recommend/index.js'
import type { Machine } from '../../../src/machine.js'
import { GIB, MIB } from '../../../src/units.js'
import type { Figure } from './figure.js'
import { median } from './measure-command.js'

const EMPTY: Machine = {
  platform: 'linux',
  arch: 'x64',
  ram: { total_bytes: 64 * GIB, available_bytes: 56 * GIB },
  gpus: [],
  problems: [],
}
const ROUNDS = 30
/** Contexts differ by one cell block, so that no answer is one that was kept. */
const CELL_STEP = 256

/**
 * Time of one ranking of the whole catalog in a warm process. Answers are kept, so three questions are timed
 * apart: one asked before, one about memory that nobody asked about yet, one about a context likewise.
 */
export function measureRecommend(): Figure[] {
  return [8, 24, 80, 0].flatMap((gib) => {
    const name = `recommend(), ${gib || 'no'} GiB GPU`
    const machineOf = (round: number) =>
      simulateMachine(EMPTY, { vram_bytes: gib * GIB, ram_bytes: 56 * GIB + round * MIB })
    return [
      {
        name: `${name}, asked before`,
        value: medianTime(() => recommend(machineOf(0))),
        unit: 'ms' as const,
      },
      {
        name: `${name}, other free memory`,
        value: medianTime((round) => recommend(machineOf(round + 1))),
        unit: 'ms' as const,
        target: 2,
      },
      {
        name: `${name}, another context`,
        value: medianTime((round) => recommend(machineOf(0), { context: 8192 + round * CELL_STEP })),
        unit: 'ms' as const,
      },
    ]
  })
}

function medianTime(ask: (round: number) => void): number {
  ask(0)
  return median(
    Array.from({ length: ROUNDS }, (_, round) => {
      const start = performance.now()
      ask(round + 1)
      return performance.now() - start
    }),
  )
}
