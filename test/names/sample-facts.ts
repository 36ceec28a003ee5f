import type { NameFacts } from '../../src/names/index.js'

type Label = NameFacts['ollama_tags'][number]['quantization']

interface Sample extends Partial<Omit<NameFacts, 'id'>> {
  id: NameFacts['id']
  /** Ollama tags behind their label. */
  tags?: [Label, ...string[]][]
}

function withTags({ tags = [], ...sample }: Sample): NameFacts {
  const ollama_tags = tags.flatMap(([quantization, ...names]) => names.map((tag) => ({ tag, quantization })))
  return { kind: 'chat', aliases: [], gguf_repos: [], files: [], ...sample, ollama_tags }
}

const SAMPLES: readonly Sample[] = [
  {
    id: 'qwen2.5:7b',
    repo: 'Qwen/Qwen2.5-7B-Instruct',
    gguf_repos: ['bartowski/Qwen2.5-7B-Instruct-GGUF'],
    tags: [['Q4_K_M', 'qwen2.5:7b', 'qwen2.5:latest', 'qwen2.5:7b-instruct', 'qwen2.5:7b-instruct-q4_K_M']],
  },
  {
    id: 'qwen2.5:72b',
    repo: 'Qwen/Qwen2.5-72B-Instruct',
    tags: [['Q4_K_M', 'qwen2.5:72b']],
  },
  {
    id: 'qwen2.5-coder:7b',
    repo: 'Qwen/Qwen2.5-Coder-7B-Instruct',
    tags: [['Q4_K_M', 'qwen2.5-coder:7b', 'qwen2.5-coder:latest']],
  },
  {
    id: 'qwen3:30b-a3b',
    repo: 'Qwen/Qwen3-30B-A3B',
    tags: [
      ['Q4_K_M', 'qwen3:30b-a3b-q4_K_M'],
      ['Q8_0', 'qwen3:30b-a3b-q8_0'],
    ],
  },
  { id: 'qwen3:4b', repo: 'Qwen/Qwen3-4B', tags: [['Q4_K_M', 'qwen3:4b-q4_K_M']] },
  {
    id: 'qwen3:4b-instruct-2507',
    repo: 'Qwen/Qwen3-4B-Instruct-2507',
    tags: [['Q4_K_M', 'qwen3:4b-instruct', 'qwen3:4b-instruct-2507-q4_K_M']],
  },
  {
    id: 'llama3.1:8b',
    repo: 'meta-llama/Llama-3.1-8B-Instruct',
    gguf_repos: ['bartowski/Meta-Llama-3.1-8B-Instruct-GGUF'],
    tags: [['Q4_K_M', 'llama3.1:8b', 'llama3.1:latest', 'llama3.1:8b-instruct-q4_K_M']],
  },
  { id: 'llama3.3:70b', repo: 'meta-llama/Llama-3.3-70B-Instruct' },
  {
    id: 'mixtral:8x7b',
    repo: 'mistralai/Mixtral-8x7B-Instruct-v0.1',
    tags: [['Q4_0', 'mixtral:8x7b', 'mixtral:latest', 'mixtral:8x7b-instruct-v0.1-q4_0']],
  },
  {
    id: 'mistral:7b',
    repo: 'mistralai/Mistral-7B-Instruct-v0.3',
    tags: [['Q4_K_M', 'mistral:7b', 'mistral:7b-instruct', 'mistral:7b-instruct-v0.3-q4_K_M']],
  },
  { id: 'gpt-oss:20b', repo: 'openai/gpt-oss-20b', tags: [['MXFP4', 'gpt-oss:20b']] },
  {
    id: 'gemma3:4b',
    repo: 'google/gemma-3-4b-it',
    gguf_repos: ['unsloth/gemma-3-4b-it-GGUF', 'google/gemma-3-4b-it-qat-q4_0-gguf'],
    tags: [['Q4_K_M', 'gemma3:4b', 'gemma3:latest', 'gemma3:4b-it-q4_K_M']],
  },
  {
    id: 'gemma2:9b',
    repo: 'google/gemma-2-9b-it',
    tags: [['Q4_0', 'gemma2:9b', 'gemma2:9b-instruct-q4_0']],
  },
  {
    id: 'phi4:14b',
    repo: 'microsoft/phi-4',
    tags: [['Q4_K_M', 'phi4:14b', 'phi4:latest', 'phi4:14b-q4_K_M']],
  },
  {
    id: 'phi3:mini-4k',
    repo: 'microsoft/Phi-3-mini-4k-instruct',
    files: [{ name: 'Phi-3-mini-4k-instruct-q4.gguf', quantization: 'Q4_K_M' }],
  },
  { id: 'deepseek-r1:671b', repo: 'deepseek-ai/DeepSeek-R1' },
  {
    id: 'deepseek-r1:7b',
    repo: 'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B',
    tags: [['Q4_K_M', 'deepseek-r1:7b', 'deepseek-r1:7b-qwen-distill-q4_K_M']],
  },
  {
    id: 'deepseek-r1:8b',
    repo: 'deepseek-ai/DeepSeek-R1-0528-Qwen3-8B',
    aliases: ['deepseek-r1:8b-0528-qwen3'],
    tags: [['Q4_K_M', 'deepseek-r1:8b', 'deepseek-r1:latest', 'deepseek-r1:8b-0528-qwen3-q4_K_M']],
  },
  {
    id: 'hermes3:8b',
    repo: 'NousResearch/Hermes-3-Llama-3.1-8B',
    tags: [['Q4_0', 'hermes3:8b', 'hermes3:8b-llama3.1-q4_0']],
  },
  {
    id: 'nemotron-3-nano:30b',
    repo: 'nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16',
  },
  { id: 'glm-4.6:355b', repo: 'zai-org/GLM-4.6' },
  {
    id: 'nomic-embed-text:v1.5',
    kind: 'embedding',
    repo: 'nomic-ai/nomic-embed-text-v1.5',
    tags: [['F16', 'nomic-embed-text:v1.5', 'nomic-embed-text:latest']],
  },
]

/** A small catalog with the families whose names are easiest to confuse. */
export const SAMPLE_FACTS: readonly NameFacts[] = SAMPLES.map(withTags)
