import { describe, expect, it } from 'vitest'
import { listModels } from '../../src/catalog/index.js'
import { normalizeLoad } from '../../src/memory/load.js'
import {
  estimateCompute,
  estimateMemory,
  memoryOfBuild,
  NO_HOST_WEIGHTS,
  prepareModel,
  type LoadOptions,
} from '../../src/memory/index.js'

/** The first is simulated, with the second the steps of all others are known: shorter and longer ones follow. */
const CONTEXTS = [8192, 20_480, 3328, 131_072, 2048]
const SETTINGS: readonly Partial<LoadOptions>[] = [
  {},
  { kv_type_k: 'q8_0', kv_type_v: 'q8_0' },
  { flash_attention: false },
  { parallel: 4 },
  { parallel: 4, kv_unified: true, kv_type_k: 'q4_0' },
]

/** One model of each architecture: their graphs differ. */
const MODELS = [
  ...new Map(listModels().map((model) => [model.architecture['general.architecture'], model])).values(),
]

describe('estimateCompute', () => {
  it.each(MODELS.map((model) => [model.architecture['general.architecture'], model] as const))(
    'says of %s at one context after another what it says of each alone',
    (_, { architecture }) => {
      for (const settings of SETTINGS) {
        for (const context of CONTEXTS) {
          const load = normalizeLoad(prepareModel(architecture), { ...settings, context })
          const alone = prepareModel(structuredClone(architecture))
          const expected = estimateCompute(alone, load, NO_HOST_WEIGHTS)
          expect(estimateCompute(prepareModel(architecture), load, NO_HOST_WEIGHTS)).toEqual(expected)
        }
      }
    },
  )
})

describe('estimateMemory', () => {
  it.each(MODELS.map((model) => [model.architecture['general.architecture'], model] as const))(
    'says of %s split with the host at one context after another what it says of each alone',
    (_, { architecture, builds }) => {
      const build = builds[0]
      if (!build) return
      const gpu_layers = Math.ceil(architecture.block_count / 2)
      for (const settings of SETTINGS.slice(1, 3)) {
        for (const context of CONTEXTS.slice(0, 3)) {
          const load = { ...settings, context, gpu_layers }
          const alone = estimateMemory(memoryOfBuild(structuredClone(architecture), { ...build }), load)
          expect(estimateMemory(memoryOfBuild(architecture, build), load)).toEqual(alone)
        }
      }
    },
  )
})
