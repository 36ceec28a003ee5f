import { expect, it } from 'vitest'
import { otherSizes } from '../../../scripts/lib/recipes/other-sizes.js'
import { getModel } from '../../../src/catalog/index.js'

const SOURCE = { source: 'https://example.org/files' }

it('finds the exact file of Qwen3 0.6B in Q4_K_M, which holds its embeddings twice', () => {
  const { architecture } = getModel('qwen3:0.6b')
  const sizes = otherSizes({ architecture, release: '2025-04' }, { quantization: 'Q4_K_M', ...SOURCE })
  // The file has 484,220,320 bytes; the difference is the allowance for its header.
  expect(sizes).toContain(484_220_698)
})

it('writes no second output layer where embeddings and output are apart anyway', () => {
  const { architecture } = getModel('qwen3:8b')
  const sizes = otherSizes({ architecture, release: '2025-04' }, { quantization: 'Q8_0', ...SOURCE })
  expect(new Set(sizes).size).toBe(1)
})

it('does not take a tied Llama for one with two copies, which would be a fifth larger', () => {
  const { architecture } = getModel('llama3.2:1b')
  const sizes = otherSizes({ architecture, release: '2024-09' }, { quantization: 'Q8_0', ...SOURCE })
  expect(new Set(sizes).size).toBe(1)
})

it.each([
  ['bartowski/Qwen_Qwen3-30B-A3B-GGUF', '2025-04', true],
  ['lmstudio-community/Qwen3-30B-A3B-GGUF', '2025-04', true],
  ['unsloth/Qwen3-30B-A3B-GGUF', '2025-04', false],
  ['bartowski/Qwen_Qwen3-30B-A3B-GGUF', '2025-03', false],
])('lets %s of a model of %s follow the branch of 2025: %s', (repo, release, follows) => {
  const { architecture } = getModel('qwen3:30b-a3b')
  const sizes = otherSizes({ architecture, release }, { quantization: 'Q3_K_L', repo, ...SOURCE })
  expect(sizes.includes(14_583_002_114)).toBe(follows)
})

it.each([
  ['2026-02', true],
  ['2026-01', false],
])('lets a dense model of %s follow the branch of 2026: %s', (release, follows) => {
  const { architecture } = getModel('qwen3.6:27b')
  const build = { quantization: 'Q6_K', repo: 'bartowski/Qwen_Qwen3.6-27B-GGUF', ...SOURCE }
  expect(otherSizes({ architecture, release }, build).includes(23_223_634_458)).toBe(follows)
})

it('knows what Unsloth calls Q2_K_L: Q2_K with embeddings in Q4_K', () => {
  const { architecture } = getModel('qwen3:14b')
  const build = { quantization: 'Q2_K_L', repo: 'unsloth/Qwen3-14B-GGUF', ...SOURCE }
  const embedding = 151_936 * 5120
  const plain = otherSizes({ architecture, release: '2025-04' }, { ...build, quantization: 'Q2_K' })
  const widened = (plain[0] ?? 0) + (embedding * (144 - 84)) / 256
  expect(otherSizes({ architecture, release: '2025-04' }, build)).toContain(widened)
})

it('measures a dynamic mix by the recipe that it is named after', () => {
  const { architecture } = getModel('llama3.2:1b')
  const named = otherSizes({ architecture, release: '2024-09' }, { quantization: 'IQ1_S', ...SOURCE })[0]
  const dynamic = otherSizes({ architecture, release: '2024-09' }, { quantization: 'UD-IQ1_S', ...SOURCE })
  expect(dynamic).toEqual([named])
})
