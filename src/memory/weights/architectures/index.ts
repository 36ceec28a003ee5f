import type { Architecture } from '../../../../generated/types.js'
import type { Block } from '../block.js'
import type { ConvertedTensor } from '../tensor.js'
import { deepseekBlock } from './deepseek.js'
import { DENSE_ARCHITECTURES, denseBlock } from './dense.js'
import { chatglmBlock, nomicBertBlock, nomicBertOutside, phi3Block } from './fused.js'
import { gemma3nBlock, gemma3nOutside, gemma4Block, gemma4Outside } from './gemma.js'
import { glm4MoeBlock, gptOssBlock, minimaxBlock, sharedExpertBlock } from './mixture.js'
import { commandRBlock, olmo2Block } from './odd-norms.js'
import { embeddingsAndOutput, ropeFactors, ropeFrequencies } from './outside.js'
import { qwenLinearBlock } from './qwen-linear.js'
import { graniteHybridBlock, lfm2Block, nemotronBlock } from './state-space.js'

/** How the converter writes one architecture. */
export interface ArchitectureTensors {
  /** Tensors of one block, without `blk.N.`. */
  block: (architecture: Architecture, block: Block) => ConvertedTensor[]
  outside: (architecture: Architecture) => ConvertedTensor[]
}

type BlockWriter = ArchitectureTensors['block']

const usual = (block: BlockWriter): ArchitectureTensors => ({
  block,
  outside: (architecture) => [...embeddingsAndOutput(architecture), ...ropeFrequencies(architecture)],
})

/**
 * Every architecture whose files we can compute, by its GGUF name.
 *
 * Source: the converters in conversion/ and the loaders in src/models/ of llama.cpp v0.5.0.
 */
const WRITERS: ReadonlyMap<string, ArchitectureTensors> = new Map([
  ...DENSE_ARCHITECTURES.map((name) => [name, usual(denseBlock)] as const),
  ['olmo2', usual(olmo2Block)],
  ['command-r', usual(commandRBlock)],
  [
    'phi3',
    {
      block: phi3Block,
      outside: (architecture) => [...embeddingsAndOutput(architecture), ...ropeFactors(architecture)],
    },
  ],
  ['chatglm', usual(chatglmBlock)],
  ['nomic-bert', { block: nomicBertBlock, outside: nomicBertOutside }],
  ['gemma3n', { block: gemma3nBlock, outside: gemma3nOutside }],
  ['gemma4', { block: gemma4Block, outside: gemma4Outside }],
  ['gpt-oss', usual(gptOssBlock)],
  ['glm4moe', usual(glm4MoeBlock)],
  ['minimax-m2', usual(minimaxBlock)],
  ['llama4', usual(sharedExpertBlock)],
  ['ernie4_5-moe', usual(sharedExpertBlock)],
  ['hunyuan-moe', usual(sharedExpertBlock)],
  ['deepseek2', usual(deepseekBlock)],
  ['deepseek32', usual(deepseekBlock)],
  ['qwen3next', usual(qwenLinearBlock)],
  ['qwen35', usual(qwenLinearBlock)],
  ['qwen35moe', usual(qwenLinearBlock)],
  ['granitehybrid', usual(graniteHybridBlock)],
  ['nemotron_h', usual(nemotronBlock)],
  ['nemotron_h_moe', usual(nemotronBlock)],
  ['lfm2', usual(lfm2Block)],
  ['lfm2moe', usual(lfm2Block)],
])

/** `null` for an architecture that only a header can tell us about. */
export const architectureTensors = (name: string): ArchitectureTensors | null => WRITERS.get(name) ?? null
