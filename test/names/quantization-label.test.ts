import { describe, expect, it } from 'vitest'
import { parseQuantizationLabel, parseSplitSuffix } from '../../src/names/index.js'
import { splitTag } from '../../src/names/ollama-tag.js'

describe('parseQuantizationLabel', () => {
  it.each([
    ['Qwen2.5-7B-Instruct.i1-q4_k_m.gguf', 'Q4_K_M'],
    ['q4_k_m', 'Q4_K_M'],
    ['gemma-3-27b-it-UD-Q4_K_XL', 'UD-Q4_K_XL'],
    ['model-fp16.gguf', 'F16'],
    ['7b-instruct-q8_0', 'Q8_0'],
    ['Qwen2.5-7B-Instruct-Q4_0_4_8.gguf', 'Q4_0_4_8'],
    ['Qwen3.5-35B-A3B-MXFP4_MOE.gguf', 'MXFP4_MOE'],
    ['DeepSeek-V3.2-UD-TQ1_0.gguf', 'UD-TQ1_0'],
    ['GLM-4.7-Flash-smol-IQ4_KSS.gguf', 'IQ4_KSS'],
    ['a-q4-k-m', 'Q4_K_M'],
    ['DeepSeek-R1-0528-IQ2_K_R4.gguf', 'IQ2_K_R4'],
    ['gemma-2-9b-it-Q8_0_L.gguf', 'Q8_0_L'],
    ['Kimi-K2-Instruct-smol-IQ2_KL', 'IQ2_KL'],
    ['q4_0_r3', 'Q4_0'],
    ['Qwen2.5-7B-Instruct-AWQ', null],
    ['Qwen3-8B-FP8', null],
    ['Qwen3-8B-4bit', null],
    ['q4', null],
    ['xq4_k_m', null],
    ['q4_k_mx', 'Q4_K'],
    ['q_k_m', null],
    ['', null],
  ])('%j holds %s', (text, label) => {
    expect(parseQuantizationLabel(text)).toBe(label)
  })
})

describe('parseSplitSuffix', () => {
  it('takes the part number off', () => {
    expect(parseSplitSuffix('Qwen3-32B-BF16-00001-of-00002.gguf')).toEqual({
      stem: 'Qwen3-32B-BF16',
      part: 1,
      parts: 2,
    })
  })

  it.each(['a.gguf', 'a-1-of-2.gguf', 'a-00000-of-00002', 'a-00003-of-00002', '-00001-of-00002'])(
    '%s is no part',
    (name) => {
      expect(parseSplitSuffix(name)).toBeNull()
    },
  )
})

describe('splitTag', () => {
  it.each([
    ['qwen2.5:7b-instruct-q4_K_M', 'qwen2.5:7b-instruct', 'Q4_K_M'],
    ['glm-4.7-flash:q8_0', 'glm-4.7-flash:', 'Q8_0'],
    ['qwen3.5:4b-mlx-bf16', 'qwen3.5:4b', null],
    ['x:7b-ud-q4_K_XL', 'x:7b', 'UD-Q4_K_XL'],
    ['qwen2.5:7b', 'qwen2.5:7b', null],
    ['q4_0', 'q4_0', null],
  ])('%s is %s at %s', (tag, stem, label) => {
    expect(splitTag(tag)).toMatchObject({ stem, label })
  })
})
