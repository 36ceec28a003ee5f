import { describe, expect, it } from 'vitest'
import { explainLeftOutGpus } from '../../src/memory/index.js'
import { gpu, machine } from '../recommend/machines.js'

const UNKNOWN = { total_bytes: null, free_bytes: null, used_bytes: null, budget_bytes: null }

describe('explainLeftOutGpus', () => {
  it('names the cards on which nothing can be planned, and what of them is unknown', () => {
    const cards = [
      gpu(8),
      gpu(8, { index: 1, name: 'Second', free_bytes: null }),
      gpu(8, { index: 2, name: 'Third', ...UNKNOWN }),
    ]
    expect(explainLeftOutGpus(machine(32, cards))).toEqual([
      'The free memory of Second is unknown, so nothing is planned on it.',
      'The memory of Third is unknown, so nothing is planned on it.',
    ])
  })

  it('does not name one that shares the known memory of the machine', () => {
    expect(explainLeftOutGpus(machine(32, [gpu(8, { unified: true, ...UNKNOWN })]))).toEqual([])
  })
})
