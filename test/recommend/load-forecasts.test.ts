import { beforeAll, describe, expect, it } from 'vitest'
import { listModels } from '../../src/catalog/index.js'
import { estimateMemory, memoryOfBuild } from '../../src/memory/index.js'
import { loadForecasts, recommend } from '../../src/recommend/index.js'
import { gpu, machine } from './machines.js'

/** Rows that the loaded forecasts do not know. */
const UNKNOWN = structuredClone(listModels())

beforeAll(loadForecasts)

describe('loadForecasts', () => {
  it.each([0, 8, 24, 96])('changes no recommendation with %d GiB on a GPU', (vram) => {
    const asked = machine(64, vram > 0 ? [gpu(vram)] : [])
    for (const context of [undefined, 3328, 20_000]) {
      const options = context === undefined ? {} : { context }
      expect(recommend(asked, options)).toEqual(recommend(asked, options, UNKNOWN))
    }
  })

  it('changes no estimate of a whole build, whatever the context', () => {
    for (const [index, model] of listModels().entries()) {
      const build = model.builds[index % model.builds.length]
      const copy = UNKNOWN[index]
      const same = copy?.builds[index % model.builds.length]
      if (!build || !copy || !same) continue
      const context = 512 + ((index * 7919) % (model.context.max - 511))
      for (const asked of [256, context, model.context.max]) {
        const load = { context: Math.min(asked, model.context.max) }
        const expected = estimateMemory(memoryOfBuild(copy.architecture, same), load)
        expect(estimateMemory(memoryOfBuild(model.architecture, build), load)).toEqual(expected)
      }
    }
  })
})
