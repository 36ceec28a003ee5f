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
/** Rounds before those that count: a server or a page has answered before. */
const WARM_UP = 20
/** Contexts differ by one cell block, so that no answer is one that was kept. */
const CELL_STEP = 256

/** Most milliseconds of a ranking. */
const TARGET = 2

/**
 * Time of one ranking of the whole catalog in a warm process. Answers are kept, so questions are timed apart: one
 * asked before, one about memory that nobody asked about yet, one about a context or a cache type likewise.
 */
export function measureRecommend(): Figure[] {
  return [8, 24, 80, 0].flatMap((gib) => {
    const name = `recommend(), ${gib || 'no'} GiB GPU`
    const figure = (question: string, ask: (round: number) => void): Figure => ({
      name: `${name}, ${question}`,
      value: medianTime(ask),
      unit: 'ms',
      target: TARGET,
    })
    const machineOf = (round: number) =>
      simulateMachine(EMPTY, { vram_bytes: gib * GIB, ram_bytes: 56 * GIB + round * MIB })
    return [
      figure('asked before', () => recommend(machineOf(0))),
      figure('other free memory', (round) => recommend(machineOf(round + 1))),
      figure('another context', (round) => recommend(machineOf(0), { context: 8192 + round * CELL_STEP })),
      figure('another cache type', (round) =>
        recommend(machineOf(-1 - round), { kv_type: round % 2 === 0 ? 'q8_0' : 'q4_0' }),
      ),
    ]
  })
}

function medianTime(ask: (round: number) => void): number {
  for (let round = 0; round < WARM_UP; round++) ask(round)
  return median(
    Array.from({ length: ROUNDS }, (_, round) => {
      const start = performance.now()
      ask(WARM_UP + round)
      return performance.now() - start
    }),
  )
}
