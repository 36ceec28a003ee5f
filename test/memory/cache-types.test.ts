import { describe, expect, it } from 'vitest'
import type { Architecture } from '../../generated/types.js'
import { getModel } from '../../src/catalog/index.js'
import { estimateMemory, type LoadOptions } from '../../src/memory/index.js'
import { GEMMA_3_4B, GPT_OSS_20B, LLAMA_3_1_8B, LLAMA_3_2_1B, memoryOf, QWEN_3_30B_A3B } from './models.js'

const cache = (k: LoadOptions['kv_type_k'], v: LoadOptions['kv_type_v']): LoadOptions =>
  ({ context: 8192, kv_type_k: k, kv_type_v: v }) as LoadOptions

/** Compute buffers that llama.cpp itself sizes for a CUDA device and its host. */
const ROWS: [string, Architecture, LoadOptions, number, number][] = [
  // No kernel reads IQ4_NL: attention runs on the processor.
  ['llama 1B, iq4_nl', LLAMA_3_2_1B, cache('iq4_nl', 'iq4_nl'), 58_763_264, 25_735_200],
  ['llama 8B, iq4_nl', LLAMA_3_1_8B, cache('iq4_nl', 'iq4_nl'), 104_949_760, 43_085_856],
  ['gemma 3, iq4_nl', GEMMA_3_4B, cache('iq4_nl', 'iq4_nl'), 82_364_416, 33_607_712],
  ['qwen3moe, iq4_nl', QWEN_3_30B_A3B, cache('iq4_nl', 'iq4_nl'), 80_607_232, 34_172_960],
  // F32 is converted in an operation of its own.
  ['llama 1B, f32', LLAMA_3_2_1B, cache('f32', 'f32'), 67_119_232, 16_789_536],
  ['llama 8B, f32', LLAMA_3_1_8B, cache('f32', 'f32'), 113_256_576, 25_178_144],
  ['qwen3moe, f32', QWEN_3_30B_A3B, cache('f32', 'f32'), 88_914_048, 16_789_536],
  ['llama 1B, bf16 and q4_1', LLAMA_3_2_1B, cache('bf16', 'q4_1'), 71_329_920, 16_805_920],
  ['qwen3moe, bf16 and q4_1', QWEN_3_30B_A3B, cache('bf16', 'q4_1'), 96_495_744, 16_805_920],
]

describe('compute buffers of odd cache types', () => {
  it.each(ROWS)('equal what llama.cpp sizes for %s', (_, architecture, load, gpu, host) => {
    const estimate = estimateMemory(memoryOf(architecture), load)
    expect([estimate.gpu.compute_bytes, estimate.host.compute_bytes]).toEqual([gpu, host])
  })

  it('are told apart from those of other quantized types where generation worked these out', () => {
    const { architecture } = getModel('llama3.2:1b')
    const { gpu, host } = estimateMemory(memoryOf(architecture), cache('iq4_nl', 'iq4_nl'))
    expect([gpu.compute_bytes, host.compute_bytes]).toEqual([58_763_264, 25_735_200])
  })

  it('turn flash attention off where only the keys have no kernel, as nothing forces it on', () => {
    expect(estimateMemory(memoryOf(LLAMA_3_2_1B), cache('iq4_nl', 'f16')).flash_attention).toBe(false)
    expect(estimateMemory(memoryOf(LLAMA_3_2_1B), cache('f16', 'iq4_nl')).flash_attention).toBe(true)
  })
})

describe('experts kept on the host', () => {
  const experts = { context: 8192, cpu_moe_layers: 10 }

  it('are copied over one matrix at a time, as llama.cpp sizes it', () => {
    const { gpu, host } = estimateMemory(memoryOf(QWEN_3_30B_A3B), experts)
    expect([gpu.weights_bytes, gpu.compute_bytes]).toEqual([14_614_978_048, 236_464_384])
    expect([host.weights_bytes, host.compute_bytes]).toEqual([3_935_748_096, 16_789_536])
  })

  it('take their biases along, which makes each matrix a step of its own', () => {
    const { gpu, host } = estimateMemory(memoryOf(GPT_OSS_20B, 'MXFP4'), {
      context: 8192,
      cpu_moe_layers: 14,
    })
    expect([gpu.weights_bytes, gpu.compute_bytes]).toEqual([5_543_567_104, 217_561_216])
    expect([host.weights_bytes, host.compute_bytes]).toEqual([6_553_013_760, 20_992_032])
  })
})

describe('rows of logits', () => {
  it('are not rounded up to a whole number for every slot, as the batch is', () => {
    const load: LoadOptions = { context: 8192, parallel: 3, logits: 'all' }
    expect(estimateMemory(memoryOf(LLAMA_3_2_1B), load).gpu.compute_bytes).toBe(266_862_592)
    expect(estimateMemory(memoryOf(LLAMA_3_1_8B), load).gpu.compute_bytes).toBe(271_056_896)
  })
})
