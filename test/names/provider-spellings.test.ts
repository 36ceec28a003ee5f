import { describe, expect, it } from 'vitest'
import { resolveName } from '../../src/names/index.js'
import { CATALOG_INDEX } from './catalog-index.js'

describe('spellings of providers and uploaders', () => {
  it.each([
    ['Jan writes every dot as _', 'Qwen2_5-0_5B-Instruct-Q4_K_M', 'qwen2.5:0.5b', 'Q4_K_M'],
    ['and so in a version', 'Mixtral-8x7B-Instruct-v0_1_Q4_0', 'mixtral:8x7b', 'Q4_0'],
    ['and in a size of one digit each', 'EXAONE-3_5-7_8B-Instruct-Q8_0', 'exaone3.5:7.8b', 'Q8_0'],
    ['_ that is no dot', 'Qwen3_4B_Q4_0.gguf', 'qwen3:4b', 'Q4_0'],
    ['Jan keeps the name in the folder', '/jan/Qwen/Qwen3-8B-IQ4_XS/model.gguf', 'qwen3:8b', 'IQ4_XS'],
    [
      'llama.cpp’s cache joins folder and file',
      '/c/bartowski_Qwen_QwQ-32B-GGUF_Qwen_QwQ-32B-bf16_Qwen_QwQ-32B-bf16-00001-of-00002.gguf',
      'qwq:32b',
      'BF16',
    ],
    [
      'the cache of a labelled folder',
      '/c/unsloth_Qwen3-32B-GGUF_BF16_Qwen3-32B-BF16-00002-of-00002.gguf',
      'qwen3:32b',
      'BF16',
    ],
    ['ik_llama’s repacked label', 'Qwen3-235B-A22B-IQ4_K_R4.gguf', 'qwen3:235b-a22b', 'IQ4_K_R4'],
    ['ubergarm’s smaller mix', 'Kimi-K2-Instruct-smol-IQ1_KT-00001-of-00005.gguf', 'kimi-k2:1t', 'IQ1_KT'],
    ['a legacy label with larger ends', 'EXAONE-4.0-32B-q4_0_l.gguf', 'exaone4.0:32b', 'Q4_0_L'],
    ['EXL2 by its bits', 'turboderp/Qwen2.5-7B-Instruct-4.0bpw-exl2', 'qwen2.5:7b', null],
    ['FP8 with its cache’s word', 'amd/Llama-3.1-8B-Instruct-FP8-KV', 'llama3.1:8b', null],
    ['MLX of a labelled model', 'mlx-community/gpt-oss-20b-MXFP4-Q8', 'gpt-oss:20b', null],
    [
      'the words in another order',
      'ggml-org/Nemotron-Nano-3-30B-A3B-GGUF:Q8_0',
      'nemotron-3-nano:30b',
      'Q8_0',
    ],
    ['LM Studio’s text-only build', 'gemma-3n-e4b-it-text@q6_k', 'gemma3n:e4b', 'Q6_K'],
    ['the hub without -pt', 'baidu/ernie-4.5-21b-a3b', 'ernie-4.5:21b-a3b', null],
    ['the hub’s own publisher', 'meta/llama-3.3-70b', 'llama3.3:70b', null],
    ['a publisher who shares a family’s word', 'minimax/minimax-m2', 'minimax-m2:230b', null],
    ['two tags of one digest', 'llama4:16x17b', 'llama4:scout', 'Q4_K_M'],
    ['a cloud tag of a model without local tags', 'qwen3.5:397b-cloud', 'qwen3.5:397b-a17b', null],
    ['a family in both cases is a repository', 'GLM-4.7-Flash', 'glm-4.7-flash:30b', null],
    ['a family in one case is Ollama’s', 'GLM-4.7-FLASH', 'glm-4.7-flash:30b', 'Q4_K_M'],
  ])('%s: %s', (_why, name, model, quantization) => {
    expect(resolveName(CATALOG_INDEX, name)).toMatchObject({ model, quantization })
  })
})

describe('folders and owners', () => {
  it.each([
    ['a folder of the family', '/m/deepseek-r1/DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf', 'deepseek-r1:7b'],
    [
      'a repository of the family',
      '/m/models--d--DeepSeek-R1/snapshots/3f/DeepSeek-R1-Distill-Qwen-7B.gguf',
      null,
    ],
    ['a folder of another model', '/m/phi-4/Phi-3-mini-4k-instruct-Q4_0.gguf', null],
    ['a folder named by another id', '/m/qwen2.5-32b/Qwen2.5-Coder-32B-Instruct-Q4_0.gguf', null],
    ['a folder of what was done', '/train/sft/Qwen3-8B-Q4_0.gguf', null],
    ['a folder of a training’s steps', '/run/checkpoints/Qwen3-8B-Q4_0.gguf', null],
    ['letters that only begin alike', '/home/emergency/Qwen3-8B-Q4_0.gguf', 'qwen3:8b'],
    ['an owner who merges', 'mergekit-community/Qwen3-8B', null],
    ['an owner who merges, by Ollama', 'hf.co/mergekit-community/Qwen3-8B-GGUF:Q4_0', null],
    ['a repository in the owner’s place', 'Qwen3.5-2B-finetune-gguf/Qwen3.5-2B.Q4_K_M', null],
    ['a model in the owner’s place', 'Qwen3-Coder-Next/SmolLM3-3B-Q4_0', null],
    ['a folder in the owner’s place', 'gguf/qwen3-8b/Qwen3-8B-Q4_0.gguf', 'qwen3:8b'],
    [
      'an owner with a family’s word',
      'llama-people/Llama-3.1-8B-Instruct-GGUF/Llama-3.1-8B-Instruct-Q4_0.gguf',
      'llama3.1:8b',
    ],
    ['a repository around a cached file', 'x/Qwen3-8B-heretic/x_Qwen3-8B-GGUF_Qwen3-8B-Q4_0.gguf', null],
    ['a Hugging Face owner with a hub name', 'meta-llama/llama-3.3-70b', null],
  ])('%s: %s', (_why, name, model) => {
    expect(resolveName(CATALOG_INDEX, name).model).toBe(model)
  })
})
