import { describe, expect, it } from 'vitest'
import {
  placeWeights,
  sumOfLayout,
  typedInventory,
  weightLayoutFromMix,
  weightLayoutFromTensors,
} from '../../../src/memory/weights/index.js'
import { architectureOf, hasTruth, readHeader, readTruth } from './shared-truth.js'

const { models, rows } = readTruth()
const architectures = new Map(Object.entries(models).map(([name, model]) => [name, architectureOf(model)]))

const HEADERS = [
  'deepseek-v3.Q4_K_M',
  'gemma3-4b.Q8_0',
  'gemma4-e2b.Q6_K',
  'glm-4.6.Q3_K_M',
  'gpt-oss-20b.MXFP4',
  'granite4-small-h.Q4_K_M',
  'llama-3.2-1b.Q4_K_M',
  'qwen3.5-9b.Q5_K_M',
]

describe.skipIf(!hasTruth)('weights against what llama.cpp allocates', () => {
  it.each(Object.entries(models))('gives the exact bytes of every build of %s', (name, model) => {
    const architecture = architectures.get(name)
    for (const [quantization, truth] of Object.entries(model.quantizations)) {
      const layout = architecture && weightLayoutFromMix(architecture, quantization)
      expect(layout, quantization).toBeTruthy()
      if (!layout) continue
      expect(sumOfLayout(layout), quantization).toBe(truth.tensor_bytes)
      expect(layout.token_embd_bytes, quantization).toBe(truth.token_embd_bytes)
      expect(layout.output_bytes, quantization).toBe(truth.output_bytes)
      expect(layout.per_layer_token_embd_bytes).toBe(truth.per_layer_token_embd_bytes ?? 0)
    }
  })

  it('places the weights of every measured row exactly', () => {
    const wrong = rows.filter((row) => {
      const architecture = architectures.get(row.model)
      const layout = architecture && weightLayoutFromMix(architecture, row.quantization)
      if (!architecture || !layout) return true
      const blocks = architecture.block_count
      const layers = row.gpu_layers === 'all' ? blocks + 1 : row.gpu_layers
      const { gpu_bytes, host_bytes } = placeWeights(architecture, layout, {
        first_gpu_block: Math.max(0, blocks + 1 - layers),
        output_on_gpu: layers > 0,
      })
      return gpu_bytes !== row.gpu.weights_bytes || host_bytes !== row.host.weights_bytes
    })
    expect(rows.length).toBeGreaterThan(1000)
    expect(wrong).toEqual([])
  })

  it.each(HEADERS)('lists every tensor of %s with its shape and type', (name) => {
    const header = readHeader(name)
    const architecture = architectures.get(header.model)
    const computed = architecture && typedInventory(architecture, header.quantization)
    const listed = computed?.map(({ name, shape, type }) => [name, [...shape], type])
    expect(listed?.sort()).toEqual(header.tensors.sort())
  })

  it.each(HEADERS)('sums the header of %s to the same layout as the mix', (name) => {
    const header = readHeader(name)
    const architecture = architectures.get(header.model)
    if (!architecture) throw new Error(`no architecture for ${header.model}`)
    const tensors = header.tensors.map(([name, shape, type]) => ({ name, shape, type }))
    const { tensor_bytes: read, ...summed } = weightLayoutFromTensors(architecture, tensors)
    const mix = weightLayoutFromMix(architecture, header.quantization)
    expect(summed).toEqual({ ...mix, tensor_bytes: undefined })
    expect(read?.(0, 'attn_norm.weight')).toBe(mix?.tensor_bytes?.(0, 'attn_norm.weight'))
  })
})
