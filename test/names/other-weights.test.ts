import { describe, expect, it } from 'vitest'
import { resolveName } from '../../src/names/index.js'
import { CATALOG_INDEX } from './catalog-index.js'

/** Real repositories near the catalog's models, each with what sets its weights apart. */
const OTHERS: readonly [name: string, why: string][] = [
  ['Qwen/Qwen2.5-Math-7B-Instruct', 'a word of a sibling'],
  ['Qwen/Qwen2.5-7B-Instruct-1M', 'trained for longer context'],
  ['Qwen/Qwen2.5-Omni-7B', 'another modality'],
  ['Qwen/Qwen2.5-14B', 'base: an -Instruct repository exists'],
  ['Qwen/Qwen2.5-Coder-32B', 'base of the coder'],
  ['Qwen/Qwen2.5-Coder-3B-Instruct', 'a size that the catalog lacks'],
  ['Qwen/QwQ-32B-Preview', 'an earlier release'],
  ['Goekdeniz-Guelmez/Josiefied-Qwen2.5-7B-Instruct-abliterated-v2', 'abliterated'],
  ['EVA-UNIT-01/EVA-Qwen2.5-32B-v0.2', 'role-play fine-tune'],
  ['prithivMLmods/Qwen2.5-7B-Instruct-R1-Distill', 'distilled by someone'],
  ['nvidia/Qwen-2.5-Nemotron-32B-Reward', 'a reward model'],
  ['Qwen/Qwen3-4B-Thinking-2507', 'the thinking sibling of the same date'],
  ['Qwen/Qwen3-8B-Base', 'base by name'],
  ['Qwen/Qwen3-4B-SafeRL', 'trained on'],
  ['Qwen/Qwen3Guard-Gen-8B', 'a guard, the word grown to the family'],
  ['Qwen/Qwen3-Reranker-8B', 'a reranker of the size'],
  ['Qwen/Qwen3-Omni-30B-A3B-Instruct', 'another modality'],
  ['Qwen/Qwen3-VL-8B-Thinking', 'the thinking sibling'],
  ['Qwen/Qwen3-Next-80B-A3B-Thinking', 'the thinking sibling'],
  ['Qwen/Qwen3-8B-Instruct-2507', 'a date that this size never had'],
  ['cerebras/Qwen3-Coder-REAP-25B-A3B', 'pruned experts'],
  ['DavidAU/Qwen3-30B-A6B-16-Extreme', 'other active parameters'],
  ['DavidAU/Qwen3-8B-64k-Context-2X-Josiefied-Uncensored', 'stretched and tuned'],
  ['p-e-w/Qwen3-4B-Instruct-2507-heretic', 'abliterated by heretic'],
  ['Tengyunw/qwen3_8b_eagle3', 'a draft head'],
  ['Qwen/Qwen3.5-27B-Base', 'base by name'],
  ['meta-llama/Llama-3.1-8B', 'base: an -Instruct repository exists'],
  ['meta-llama/Meta-Llama-3-8B-Instruct', 'another version'],
  ['meta-llama/Llama-3.2-11B-Vision-Instruct', 'another modality'],
  ['meta-llama/Llama-Guard-3-8B', 'a guard'],
  ['meta-llama/Llama-3.3-8B-Instruct', 'a size that the version never had'],
  ['nvidia/Llama-3.1-Nemotron-70B-Instruct-HF', 'trained on, with a format word behind'],
  ['nvidia/Llama-3_3-Nemotron-Super-49B-v1_5', 'pruned, with the version’s dot as _'],
  ['nvidia/Llama-3.1-Minitron-4B-Width-Base', 'pruned'],
  ['nvidia/Llama-3.1-8B-UltraLong-4M-Instruct', 'trained for longer context'],
  ['cognitivecomputations/Dolphin3.0-Llama3.1-8B', 'a family’s words behind another’s'],
  ['allenai/Llama-3.1-Tulu-3-8B-DPO', 'a training stage'],
  ['arcee-ai/Llama-3.1-SuperNova-Lite', 'distilled from another size'],
  ['VAGOsolutions/Llama-3.1-SauerkrautLM-8b-Instruct', 'a word between the model’s own'],
  ['shenzhi-wang/Llama3.1-8B-Chinese-Chat', 'a language fine-tune'],
  ['mlabonne/Meta-Llama-3-120B-Instruct', 'a self-merge'],
  ['neuralmagic/Sparse-Llama-3.1-8B-2of4', 'pruned, by an uploader of plain quantizations'],
  ['RedHatAI/Llama-3.1-8B-Instruct-speculator.eagle3', 'a draft head, by such an uploader'],
  ['meta-llama/Llama-4-Scout-17B-16E', 'base: an -Instruct repository exists'],
  ['mistralai/Mistral-7B-Instruct-v0.2', 'another version'],
  ['mistralai/Mistral-Small-Instruct-2409', 'another date and size'],
  ['mistralai/Mistral-Small-3.1-24B-Base-2503', 'base by name'],
  ['mistralai/Ministral-3-8B-Reasoning-2512', 'the reasoning sibling'],
  ['mistralai/Devstral-Small-2505', 'another date'],
  ['mistralai/Magistral-Small-2509', 'another date'],
  ['mistralai/Mixtral-8x22B-v0.1', 'base: an -Instruct repository exists'],
  ['cloudyu/Mixtral_34Bx2_MoE_60B', 'a mixture of others'],
  ['natong19/Mistral-Nemo-Instruct-2407-abliterated', 'abliterated'],
  ['OptimusePrime/Magistral-Small-2506-Vision', 'with parts of another model'],
  ['google/gemma-3-4b-pt', 'Google’s word for base'],
  ['google/gemma-3-12b-it-qat-q4_0-unquantized', 'trained for its quantization'],
  ['google/gemma-4-E4B', 'base: an -it repository exists'],
  ['google/gemma-2-2b-jpn-it', 'a language fine-tune by the publisher'],
  ['google/medgemma-4b-it', 'a family’s word grown to a prefix'],
  ['google/recurrentgemma-9b-it', 'another architecture'],
  ['princeton-nlp/gemma-2-9b-it-SimPO', 'preference-tuned'],
  ['microsoft/Phi-4-reasoning', 'the reasoning sibling'],
  ['microsoft/Phi-3-small-8k-instruct', 'another size by word'],
  ['microsoft/Phi-3.5-MoE-instruct', 'another architecture'],
  ['NyxKrage/Microsoft_Phi-4-tuned', 'the publisher inside the name'],
  ['deepseek-ai/DeepSeek-R1-0528', 'another date'],
  ['deepseek-ai/DeepSeek-R1-Zero', 'another training'],
  ['deepseek-ai/DeepSeek-V3-0324', 'another date'],
  ['deepseek-ai/DeepSeek-V3.1-Terminus', 'a later release of the version'],
  ['deepseek-ai/DeepSeek-V3.2-Exp', 'an earlier release of the version'],
  ['lightblue/DeepSeek-R1-Distill-Qwen-7B-Japanese', 'a language fine-tune'],
  ['tngtech/DeepSeek-TNG-R1T2-Chimera', 'a merge'],
  ['lmsys/DeepSeek-R1-NextN', 'a draft head'],
  ['openai/gpt-oss-safeguard-20b', 'a guard'],
  ['AmanPriyanshu/gpt-oss-13.7b-specialized-all-pruned-moe-only-22-experts', 'pruned experts'],
  ['zai-org/GLM-4.6V', 'a letter behind the version'],
  ['zai-org/GLM-4-9B-0414', 'a later release'],
  ['THUDM/glm-4-9b-chat-1m', 'trained for longer context'],
  ['cerebras/GLM-4.5-Air-REAP-82B-A12B', 'pruned experts'],
  ['moonshotai/Kimi-K2-Instruct-0905', 'a later release'],
  ['MiniMaxAI/MiniMax-M2.1', 'a later version'],
  ['ibm-granite/granite-3.3-2b-instruct', 'a size that the catalog lacks'],
  ['ibm-granite/granite-4.0-h-tiny-base', 'base by name'],
  ['ibm-granite/granite-4.0-tiny-preview', 'an earlier release'],
  ['CohereLabs/c4ai-command-r-plus', 'the release before the dated one'],
  ['HuggingFaceTB/SmolLM2-1.7B', 'base: an -Instruct repository exists'],
  ['LiquidAI/LFM2-1.2B-Extract', 'a task fine-tune by the publisher'],
  ['LiquidAI/LFM2.5-1.2B-Instruct', 'a later version'],
  ['allenai/OLMo-2-1124-7B-SFT', 'a training stage'],
  ['allenai/Olmo-3.1-32B-Think', 'a later version'],
  ['tiiuae/Falcon3-Mamba-7B-Instruct', 'another architecture'],
  ['LGAI-EXAONE/EXAONE-4.0.1-32B', 'a later version'],
  ['baidu/ERNIE-4.5-21B-A3B-Thinking', 'the thinking sibling'],
  ['ByteDance-Seed/Seed-OSS-36B-Base', 'base by name'],
  ['tencent/Hunyuan-7B-Instruct-0124', 'a dated release'],
  ['NousResearch/Hermes-3-Llama-3.2-3B', 'a size that the catalog lacks'],
  ['mlabonne/Hermes-3-Llama-3.1-8B-lorablated', 'abliterated'],
  ['nomic-ai/nomic-embed-text-v2-moe', 'a later version'],
]

/** The ways in which providers give a repository and its files. */
function spell(repository: string): string[] {
  const [owner = '', name = ''] = repository.split('/')
  const file = `${name}-Q4_K_M.gguf`
  return [
    repository,
    name,
    repository.toLowerCase(),
    `mlx-community/${name}-4bit`,
    `acme/${name}-AWQ`,
    `hf.co/bartowski/${owner}_${name}-GGUF:Q4_K_M`,
    file,
    `${owner}_${file}`.toLowerCase(),
    `lmstudio-community/${name}-GGUF/${file}`,
    `C:\\models\\${owner}\\${name}-GGUF\\${name}.i1-Q4_K_M-00001-of-00002.gguf`,
    `/c/${owner}_${name}-GGUF_${file}`,
    `/c/hub/models--${owner}--${name}/snapshots/3f1c9a0b`,
    `${name.toLowerCase()}@q4_k_m`,
    `ai/${name.toLowerCase()}:Q4_K_M`,
  ]
}

/** LM Studio's hub writes the tuned model so, in lower case; no repository is called that. */
const HUB_NAMES: ReadonlySet<string> = new Set(['google/gemma-4-e4b'])

describe('a repository of other weights is no model of the catalog, in any spelling', () => {
  it.each(OTHERS)('%s: %s', (repository) => {
    const found = spell(repository)
      .filter((name) => !HUB_NAMES.has(name))
      .filter((name) => resolveName(CATALOG_INDEX, name).model !== null)
    expect(found).toEqual([])
  })
})
