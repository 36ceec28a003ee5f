import { describe, expect, it } from 'vitest'
import { listModels } from '../../src/catalog/index.js'
import { flashAttentionOf } from '../../src/memory/flash-choice.js'
import { flashStaysWithBlocks } from '../../src/memory/graph/model-graph.js'
import { normalizeLoad, prepareModel, type LoadOptions } from '../../src/memory/index.js'
import { graphModelOf, NO_HOST_WEIGHTS, placementOf } from '../../src/memory/simulate-compute.js'

/** One model of each architecture: their graphs differ. */
const MODELS = [
  ...new Map(listModels().map((model) => [model.architecture['general.architecture'], model])).values(),
]

const SETTINGS: readonly Partial<LoadOptions>[] = [{}, { kv_type_k: 'q8_0', parallel: 3 }]

describe('flashAttentionOf', () => {
  it.each(MODELS.map((model) => [model.architecture['general.architecture'], model] as const))(
    'says of %s at the border what its whole graph says',
    (_, { architecture }) => {
      const shape = prepareModel(architecture)
      const layers = architecture.block_count
      for (const settings of SETTINGS) {
        for (const gpu_layers of [2, 3, Math.ceil(layers / 2), layers - 1, layers]) {
          const load = normalizeLoad(shape, { ...settings, context: 4096, gpu_layers })
          const { parallel } = load
          const probe = { ...load, tokens: parallel, output_rows: parallel, ubatch: parallel }
          const whole = flashStaysWithBlocks(graphModelOf(shape, probe, null), {
            load: probe,
            placement: placementOf(probe, NO_HOST_WEIGHTS),
          })
          expect(flashAttentionOf(shape, load), `${gpu_layers} layers`).toBe(whole)
        }
      }
    },
  )
})
