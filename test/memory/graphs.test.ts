import { describe, expect, it } from 'vitest'
import type { Architecture } from '../../generated/types.js'
import { getModel } from '../../src/catalog/index.js'
import { estimateMemory, type LoadOptions } from '../../src/memory/index.js'
import { memoryOf } from './models.js'

interface Row {
  load: LoadOptions
  /** Compute buffers that llama.cpp itself sizes for a CUDA device and its host. */
  gpu: number
  host: number
}

const SPARSE = getModel('deepseek-v3.2:671b').architecture
const ENCODER = getModel('nomic-embed-text:v1.5').architecture

const ROWS: [string, Architecture, string, Row[]][] = [
  [
    'deepseek32 (sparse attention)',
    SPARSE,
    'Q4_K_M',
    [
      { load: { context: 8192 }, gpu: 657_533_056, host: 46_215_200 },
      {
        load: { context: 131_072, kv_type_k: 'q8_0', kv_type_v: 'q8_0' },
        gpu: 1_328_621_696,
        host: 297_873_440,
      },
      { load: { context: 8192, flash_attention: false }, gpu: 2_813_405_312, host: 54_603_808 },
      { load: { context: 8192, gpu_layers: 30 }, gpu: 3_555_002_880, host: 46_215_200 },
      { load: { context: 8192, cpu_moe_layers: 20 }, gpu: 3_521_247_232, host: 46_215_200 },
    ],
  ],
  [
    // As llama-server --embedding has it: a vector of every token is asked for, and their mean.
    'nomic-bert (an encoder)',
    ENCODER,
    'F16',
    [
      { load: { context: 2048 }, gpu: 22_553_600, host: 3_678_208 },
      {
        load: { context: 8192, ubatch: 8192, batch: 8192, parallel: 4 },
        gpu: 486_738_944,
        host: 184_778_752,
      },
      { load: { context: 100, flash_attention: false }, gpu: 11_278_336, host: 1_839_104 },
      { load: { context: 2048, gpu_layers: 6 }, gpu: 25_692_160, host: 3_678_208 },
    ],
  ],
]

describe('compute buffers by architecture', () => {
  it.each(ROWS)('equal what llama.cpp sizes for %s', (_, architecture, quantization, rows) => {
    const memory = memoryOf(architecture, quantization)
    for (const { load, gpu, host } of rows) {
      const estimate = estimateMemory(memory, load)
      expect([estimate.gpu.compute_bytes, estimate.host.compute_bytes]).toEqual([gpu, host])
    }
  })
})
