import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listModels } from '../../src/catalog/index.js'
import {
  estimateMemory,
  memoryOfBuild,
  planPlacement,
  type KvType,
  type LoadOptions,
} from '../../src/memory/index.js'
import { recommend } from '../../src/recommend/index.js'
import { gpu, machine } from '../recommend/machines.js'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 400)

/** The same rows as other objects, of which no forecast is known. */
const UNKNOWN = structuredClone(listModels())

const types = fc.constantFrom<KvType>('f16', 'q8_0', 'q4_0', 'q5_1', 'iq4_nl', 'bf16')
const load = fc.record(
  {
    context: fc.oneof(
      fc.integer({ min: 1, max: 2048 }),
      fc.integer({ min: 513, max: 40_000 }),
      fc.integer({ min: 40_001, max: 12_000_000 }),
    ),
    parallel: fc.integer({ min: 1, max: 5 }),
    kv_unified: fc.boolean(),
    ubatch: fc.constantFrom(512, 512, 512, 333, 1024),
    kv_type_k: types,
    kv_type_v: types,
    flash_attention: fc.constantFrom(true, true, true, false),
  },
  { requiredKeys: ['context'] },
)

function isAccepted({ flash_attention, kv_type_v = 'f16' }: LoadOptions): boolean {
  return flash_attention !== false || kv_type_v === 'f16' || kv_type_v === 'bf16'
}

const NO_GPU = machine(64)

/** What is known ahead, and what the graph says: of an architecture that was never asked about. */
function both(
  index: number,
  options: LoadOptions,
  ask: typeof estimateMemory = estimateMemory,
): [known: unknown, simulated: unknown] {
  const { architecture, builds } = listModels()[index % listModels().length]!
  const build = builds[index % Math.max(1, builds.length)]
  if (!build) return [null, null]
  const fresh = memoryOfBuild(structuredClone(architecture), { ...build })
  return [ask(memoryOfBuild(architecture, build), options), ask(fresh, options)]
}

describe('what generation has worked out', () => {
  it.each([
    ['on a GPU', estimateMemory],
    ['without one', (model, options) => planPlacement(model, options, NO_GPU).estimate],
  ] satisfies [string, typeof estimateMemory][])(
    'equals the graph of any model under any load %s',
    (_, ask) => {
      const index = fc.integer({ min: 0, max: 100_000 })
      fc.assert(
        fc.property(index, load.filter(isAccepted), (which, options) => {
          const [known, simulated] = both(which, options, ask)
          expect(known).toEqual(simulated)
        }),
        { numRuns: RUNS },
      )
    },
  )

  it('equals the graph of every model, whatever its context', () => {
    for (const [index, model] of listModels().entries()) {
      const context = 512 + ((index * 7919) % (model.context.max - 511))
      for (const asked of [256, context, model.context.max, 2 * model.context.max]) {
        const [known, simulated] = both(index, { context: asked })
        expect(known).toEqual(simulated)
      }
    }
  })

  it.each([0, 8, 24])('changes no recommendation with %d GiB on a GPU', (vram) => {
    const asked = machine(64, vram > 0 ? [gpu(vram)] : [])
    for (const context of [undefined, 3328]) {
      const options = context === undefined ? {} : { context }
      expect(recommend(asked, options)).toEqual(recommend(asked, options, UNKNOWN))
    }
  })
})
