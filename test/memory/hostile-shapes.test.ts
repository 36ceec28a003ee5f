import { describe, expect, it } from 'vitest'
import type { Architecture } from '../../generated/types.js'
import { listModels } from '../../src/catalog/index.js'
import { estimateMemory, type MemorySide } from '../../src/memory/index.js'
import { memoryOf } from './models.js'

/** What a file may claim at the edges of what the reader lets through. */
const EDGES = [0, 1, 3, 2 ** 31]

/** Counts that the reader bounds, since the estimate counts up to them; blocks by the tensors that are there. */
const BOUNDED = new Set(['block_count', 'expert_used_count', 'altup.num_inputs'])

const isAmount = (bytes: number): boolean => Number.isFinite(bytes) && bytes >= 0
const amounts = (side: MemorySide): number[] => Object.values(side) as number[]

/** One model of each architecture of the catalog. */
const shapes = new Map<string, Architecture>()
for (const { architecture } of listModels()) shapes.set(architecture['general.architecture'], architecture)

describe('shapes that no model has', () => {
  it.each([...shapes])('end in an amount of memory, whatever number of %s is odd', (_, architecture) => {
    const { weights } = memoryOf(architecture)
    for (const [key, value] of Object.entries(architecture)) {
      if (typeof value !== 'number' || BOUNDED.has(key)) continue
      for (const edge of EDGES) {
        const estimate = estimateMemory(
          { architecture: { ...architecture, [key]: edge }, weights },
          { context: 4096 },
        )
        expect([...amounts(estimate.gpu), ...amounts(estimate.host)].every(isAmount), `${key} ${edge}`).toBe(
          true,
        )
      }
    }
  })
})
