import { describe, expect, it } from 'vitest'
import { buildNameIndex, resolveName } from '../../src/names/index.js'
import { SAMPLE_FACTS } from './sample-facts.js'

const index = buildNameIndex(SAMPLE_FACTS)

describe('a name of the catalog’s own weights', () => {
  it.each([
    ['qwen2.5', 'qwen2.5:7b', 'Q4_K_M'],
    ['QWEN2.5:7B-Instruct-q3_K_S', 'qwen2.5:7b', 'Q3_K_S'],
    ['qwen3:30b-a3b', 'qwen3:30b-a3b', 'Q4_K_M'],
    ['mixtral:8x7b', 'mixtral:8x7b', 'Q4_0'],
    ['mixtral:8x7b-instruct-v0.1-fp16', 'mixtral:8x7b', 'F16'],
    ['registry.ollama.ai/library/gemma3', 'gemma3:4b', 'Q4_K_M'],
    ['library/phi4', 'phi4:14b', 'Q4_K_M'],
    ['gpt-oss:20b-cloud', 'gpt-oss:20b', null],
    ['glm-4.6:cloud', 'glm-4.6:355b', null],
    ['bartowski/Qwen2.5-7B-Instruct-GGUF:Q4_K_M', 'qwen2.5:7b', 'Q4_K_M'],
    ['hf.co/acme/Qwen2.5-7B-Instruct-GGUF:latest', 'qwen2.5:7b', null],
    ['hf.co/unsloth/gemma-3-4b-it-GGUF:UD-Q4_K_XL', 'gemma3:4b', 'UD-Q4_K_XL'],
    [
      'hf.co/b/Meta-Llama-3.1-8B-Instruct-GGUF:Meta-Llama-3.1-8B-Instruct-Q5_K_S.gguf',
      'llama3.1:8b',
      'Q5_K_S',
    ],
    ['https://huggingface.co/Qwen/Qwen3-4B/blob/main/Qwen3-4B-Q8_0.gguf', 'qwen3:4b', 'Q8_0'],
    ['hf:Qwen/Qwen3-4B-GGUF/Qwen3-4B-Q8_0.gguf', 'qwen3:4b', 'Q8_0'],
    ['Qwen2.5-7B-Instruct.i1-IQ2_XXS.gguf', 'qwen2.5:7b', 'IQ2_XXS'],
    ['Qwen2.5-72B-Instruct-Q4_K_M-00002-of-00012.gguf', 'qwen2.5:72b', 'Q4_K_M'],
    ['Qwen_Qwen3-4B-Instruct-2507-Q6_K', 'qwen3:4b-instruct-2507', 'Q6_K'],
    ['deepseek-ai.DeepSeek-R1-0528-Qwen3-8B.Q4_K_M.gguf', 'deepseek-r1:8b', 'Q4_K_M'],
    ['Phi-3-mini-4k-instruct-q4.gguf', 'phi3:mini-4k', 'Q4_K_M'],
    ['llama-3_3-70b-instruct', 'llama3.3:70b', null],
    ['Llama-3.3-Instruct-Q4_0.gguf', 'llama3.3:70b', 'Q4_0'],
    ['phi-4-14b-Q6_K.gguf', 'phi4:14b', 'Q6_K'],
    ['qwen2.5-7b-instruct@q8_0', 'qwen2.5:7b', 'Q8_0'],
    ['google/gemma-3-4b@4bit', 'gemma3:4b', null],
    ['qwen/qwen3-4b-2507', 'qwen3:4b-instruct-2507', null],
    ['meta/llama-3.3-70b', 'llama3.3:70b', null],
    ['deepseek-ai/DeepSeek-R1', 'deepseek-r1:671b', null],
    ['nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-FP8', 'nemotron-3-nano:30b', null],
    ['unsloth/Nemotron-3-Nano-30B-A3B-GGUF:Q4_0', 'nemotron-3-nano:30b', 'Q4_0'],
    ['RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16', 'llama3.1:8b', null],
    ['mlx-community/phi-4-4bit', 'phi4:14b', null],
    ['ai/qwen3:30B-A3B-Q4_K_M', 'qwen3:30b-a3b', 'Q4_K_M'],
    ['ai/deepseek-r1-distill-qwen:7B-F16', 'deepseek-r1:7b', 'F16'],
    ['docker.io/ai/gpt-oss:20B-UD-Q4_K_XL', 'gpt-oss:20b', 'UD-Q4_K_XL'],
    ['koboldcpp/Qwen3-4B-Q5_K_M', 'qwen3:4b', 'Q5_K_M'],
    ['C:\\Users\\Ana B\\models\\gemma-3-4b-it-Q4_0.gguf', 'gemma3:4b', 'Q4_0'],
    ['/home/josé/llama.cpp/models/llama-3.1/8b/Meta-Llama-3.1-8B-Instruct.Q6_K.gguf', 'llama3.1:8b', 'Q6_K'],
    ['/models/Qwen2.5-7B-Instruct/ggml-model-q4_k_m.gguf', 'qwen2.5:7b', 'Q4_K_M'],
    [
      '/c/TheBloke_Mixtral-8x7B-Instruct-v0.1-GGUF_mixtral-8x7b-instruct-v0.1.Q8_0.gguf',
      'mixtral:8x7b',
      'Q8_0',
    ],
    ['/hub/models--Qwen--Qwen3-4B/snapshots/3f1c9a0b', 'qwen3:4b', null],
    ['unsloth/Qwen3-30B-A3B-GGUF/BF16/Qwen3-30B-A3B-BF16-00001-of-00002.gguf', 'qwen3:30b-a3b', 'BF16'],
    ['text-embedding-nomic-embed-text-v1.5-embedding', 'nomic-embed-text:v1.5', null],
  ])('%s is %s at %s', (name, model, quantization) => {
    expect(resolveName(index, name)).toMatchObject({ name, model, quantization })
  })
})

describe('a name of other weights is null', () => {
  it.each([
    ['a sibling', 'qwen2.5-math-7b-instruct'],
    ['another generation', 'Meta-Llama-3-8B-Instruct-Q4_K_M.gguf'],
    ['a fine-tune with the base in front', 'dolphin-mixtral:8x7b'],
    ['a fine-tune with words behind', 'Llama-3.1-8B-Stheno-v3.4-Q4_K_M-imat.gguf'],
    ['an abliteration', 'huihui-ai/Qwen2.5-7B-Instruct-abliterated-v2'],
    ['a merge of two of our models', 'hermes-3-llama-3.1-8b-lorablated.Q4_K_M.gguf'],
    ['the same words in another order', 'Llama-3.1-Hermes-3-8B'],
    ['another version', 'Mistral-7B-Instruct-v0.2'],
    ['no version where it counts', 'Mistral-7B-Instruct-Q4_K_M.gguf'],
    ['a tag that held an older version', 'mistral:7b-instruct-q4_0'],
    ['a number that only begins alike', 'Fireball-Llama-3.11-8B-v1orpo.Q4_K_M.gguf'],
    ['longer context by training', 'Qwen2.5-7B-Instruct-1M-Q4_K_M.gguf'],
    ['the thinking sibling', 'Qwen/Qwen3-4B-Thinking-2507'],
    ['base weights by name', 'google/gemma-3-4b-pt'],
    ['base weights by a plain repository', 'Qwen/Qwen2.5-7B'],
    ['a plain name that is a base repository in lower case', 'google/gemma-2-9b'],
    ['quantization-aware training', 'gemma3:4b-it-qat'],
    ['quantization-aware training in a repository of ours', 'google/gemma-3-4b-it-qat-q4_0-gguf'],
    ['a size that does not exist', 'qwen2.5:70b'],
    ['a size that the id and tags do not have', 'phi-4-15b-Q4_K_M.gguf'],
    ['no size of several', 'Qwen2.5-Instruct-Q4_K_M.gguf'],
    ['a decimal point that makes another size', 'gemma-3.4b-it'],
    ['someone’s namespace', 'acme/qwen2.5:7b'],
    ['someone’s namespace with a library family', 'acme/phi4'],
    ['a tag of nobody’s library', 'qwen2.5:7b-acme-support'],
    [
      'a repository and a file that disagree',
      'acme/Qwen2.5-7B-Instruct-abliterated-GGUF/Qwen2.5-7B-Instruct-Q4_K_M.gguf',
    ],
    ['a repository with its words doubled', 'acme/DeepSeek-R1-R1-GGUF/DeepSeek-R1-Q4_K_M.gguf'],
    ['another publisher’s mark in front', 'openai_Qwen3-4B-Q4_K_M.gguf'],
    ['a folder of adapters', '/srv/lora/Qwen3-4B-Q4_K_M.gguf'],
    ['a projector', 'ggml-org/gemma-3-4b-it-GGUF/mmproj-model-f16.gguf'],
    ['an importance matrix', 'Qwen3-4B-imatrix.gguf'],
    ['two different labels', 'gpt-oss-20b-q8_0.i1-Q4_K_M.gguf'],
    ['a LoRA', 'qwen2.5-7b-instruct-sql-lora'],
    ['an unknown registry', 'registry.local:5000/library/qwen2.5:7b'],
    ['two tags', 'qwen2.5:7b:7b'],
    ['Docker’s latest', 'ai/gemma3:latest'],
    ['a variant that is no label', 'phi-4@reasoning'],
    ['a repository in the spelling of another model’s family', 'DeepSeek-R1'],
  ])('%s: %#', (_why, name) => {
    expect(resolveName(index, name)).toMatchObject({ model: null, confidence: 'none' })
  })
})

describe('kind and confidence', () => {
  it.each([
    ['nomic-embed-text', 'embedding', 'exact'],
    ['Nomic-embed-text-v1.5-Embedding-Q4_0.gguf', 'embedding', 'likely'],
    ['nomic-embed-text-v2-moe:latest', 'embedding', 'none'],
    ['all-minilm:33m', 'embedding', 'none'],
    ['Qwen2.5-7B-Instruct-Q4_K_M.gguf', 'chat', 'likely'],
    ['Qwen/Qwen2.5-7B-Instruct', 'chat', 'exact'],
    ['qwen2.5:7b', 'chat', 'exact'],
    ['gpt-4o-mini', 'unknown', 'none'],
  ])('%s is %s, %s', (name, kind, confidence) => {
    expect(resolveName(index, name)).toMatchObject({ kind, confidence })
  })

  it('keeps the label of a file whose model is unknown', () => {
    expect(resolveName(index, 'phi-2.Q4_K_M.gguf')).toMatchObject({ model: null, quantization: 'Q4_K_M' })
  })

  it('gives an id to one model even where another model’s tags claim it', () => {
    const rival = { ...SAMPLE_FACTS[1]!, ollama_tags: [{ tag: 'qwen2.5:7b', quantization: 'Q8_0' as const }] }
    const both = buildNameIndex([SAMPLE_FACTS[0]!, rival])
    expect(resolveName(both, 'qwen2.5:7b').model).toBe('qwen2.5:7b')
  })
})
