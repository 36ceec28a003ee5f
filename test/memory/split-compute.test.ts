import { describe, expect, it } from 'vitest'
import type { Architecture } from '../../generated/types.js'
import { normalizeLoad } from '../../src/memory/load.js'
import { prepareModel } from '../../src/memory/model-shape.js'
import { estimateSplitCompute } from '../../src/memory/split-compute.js'
import { devicesOfLayers, tensorSplitShares } from '../../src/memory/split-layers.js'
import { placeSplitWeights } from '../../src/memory/weights/index.js'
import { GIB } from '../../src/units.js'
import { GEMMA_3_4B, LLAMA_3_1_8B, LLAMA_3_2_1B, memoryOf, QWEN_3_30B_A3B } from './models.js'

interface Row {
  architecture: Architecture
  shares: number[]
  context: number
  gpu_bytes: number[]
  host_bytes: number
}

/** What llama.cpp itself sizes for layers shared out over CUDA devices, a buffer a device. */
const ROWS: [string, Row][] = [
  [
    'llama 1B on two equal cards',
    {
      architecture: LLAMA_3_2_1B,
      shares: [1, 1],
      context: 8192,
      gpu_bytes: [113_287_168, 113_287_680],
      host_bytes: 54_575_232,
    },
  ],
  [
    'llama 8B on unequal cards at a long context',
    {
      architecture: LLAMA_3_1_8B,
      shares: [24, 8],
      context: 131_072,
      gpu_bytes: [683_712_512, 683_713_024],
      host_bytes: 578_863_232,
    },
  ],
  [
    'gemma 3 on three cards',
    {
      architecture: GEMMA_3_4B,
      shares: [12, 6, 6],
      context: 131_072,
      gpu_bytes: [641_802_240, 641_802_240, 641_802_752],
      host_bytes: 569_458_816,
    },
  ],
  [
    'qwen3moe on three cards',
    {
      architecture: QWEN_3_30B_A3B,
      shares: [12, 6, 6],
      context: 8192,
      gpu_bytes: [134_258_688, 134_258_688, 134_259_200],
      host_bytes: 54_575_232,
    },
  ],
]

describe('layers shared out over several GPUs', () => {
  it.each(ROWS)('take the buffers that llama.cpp sizes: %s', (_, row) => {
    const shape = prepareModel(row.architecture)
    const load = normalizeLoad(shape, { context: row.context })
    const deviceOfLayer = devicesOfLayers(shape.block_count + 1, row.shares)
    const gpus = row.shares.length
    for (const detail of ['every_block', 'representative'] as const) {
      const { gpu_bytes, host_bytes } = estimateSplitCompute(shape, load, { deviceOfLayer, gpus, detail })
      expect(gpu_bytes).toEqual(row.gpu_bytes)
      expect(host_bytes).toBe(row.host_bytes)
    }
  })

  it('have a buffer of every GPU, also of one that gets no layer', () => {
    const shape = prepareModel(LLAMA_3_2_1B)
    const load = normalizeLoad(shape, { context: 4096 })
    const deviceOfLayer = devicesOfLayers(shape.block_count + 1, [1, 1, 0])
    const buffersOf = (gpus: number) =>
      estimateSplitCompute(shape, load, { deviceOfLayer, gpus, detail: 'every_block' }).gpu_bytes
    expect(buffersOf(3)).toEqual([...buffersOf(2), 0])
  })

  it('carry their weights along, the output on the last card and rope factors on each', () => {
    const { architecture, weights } = memoryOf(LLAMA_3_2_1B)
    const layers = architecture.block_count + 1
    const placed = (shares: number[]) =>
      placeSplitWeights(architecture, weights, devicesOfLayers(layers, shares))
    expect(placed([1, 1])).toEqual([326_418_560, 473_444_480])
    expect(placed([24, 8])).toEqual([467_918_976, 331_944_064])
    expect(placed([12, 6, 6])).toEqual([326_418_560, 141_500_544, 331_944_064])
  })

  it('go to the first card whose running share reaches beyond them', () => {
    expect(devicesOfLayers(5, [3, 1])).toEqual([0, 0, 0, 0, 1])
    expect(devicesOfLayers(4, [1, 0, 1])).toEqual([0, 0, 2, 2])
  })

  it('are shared out by the numbers that the command line is given', () => {
    expect(tensorSplitShares([24 * GIB, 7.96 * GIB, null])).toEqual([24, 8, 0])
  })
})
