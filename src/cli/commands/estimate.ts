import { AlmanacError } from '../../errors.js'
import { estimateMemory } from '../../memory/index.js'
import type { LoadOptions, MemoryEstimate, ModelMemory } from '../../memory/index.js'
import { formatContext } from '../../units.js'
import type { Command, CommandInput } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { drawEstimate } from '../estimate-lines.js'
import { findEstimated } from '../find-estimated.js'
import type { Estimated } from '../find-estimated.js'
import type { Io } from '../io.js'
import { choiceOption, contextOption, countOption, kvTypeOption, textOption } from '../options.js'
import { printJson } from '../print-json.js'
import { wrap } from '../wrap.js'

export const estimateCommand: Command = {
  name: 'estimate',
  arguments: 'MODEL[@QUANT] | FILE.gguf | hf:OWNER/REPO/FILE.gguf',
  summary:
    'forecast what llama.cpp allocates, component by component, for a catalog model, a GGUF file or one on Hugging Face',
  options: {
    context: { value: 'N', description: "tokens over all slots (-c); default: the model's own" },
    'kv-type': {
      value: 'TYPE',
      description: 'type of keys and values in the cache: f16 (default), q8_0, q4_0 …',
    },
    'kv-type-k': { value: 'TYPE', description: 'type of the keys alone (-ctk)' },
    'kv-type-v': { value: 'TYPE', description: 'type of the values alone (-ctv)' },
    parallel: { value: 'N', description: 'slots with a stream each (-np); default 1' },
    ubatch: { value: 'N', description: 'physical batch (-ub); default 512' },
    'flash-attention': { value: 'on|off', description: 'default: on unless the model cannot' },
    'gpu-layers': { value: 'N|all', description: 'layers on the GPU (-ngl); default all' },
    'cpu-moe': {
      value: 'N',
      description: 'first N blocks keep their experts in system memory (--n-cpu-moe)',
    },
    'all-logits': { description: 'count logits for a whole batch, as programs on the library reserve them' },
    json: JSON_OPTION,
  },
  examples: [
    'llm-almanac estimate qwen3:8b --context 32K',
    'llm-almanac estimate gpt-oss:20b@MXFP4 --kv-type q8_0 --json',
    'llm-almanac estimate hf:unsloth/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf',
  ],
  async run({ values, positionals }, io) {
    const spec = positionals[0]
    if (spec === undefined || positionals.length > 1) {
      throw new AlmanacError(
        'BAD_USAGE',
        'estimate takes one model or file',
        'llm-almanac estimate --help shows the forms',
      )
    }
    const found = await findEstimated(spec, io)
    const load = readLoad(values, found.memory, found.default_context)
    const estimate = estimateMemory(found.memory, load)
    if (values['json'])
      printJson(io, { model: found.model, quantization: found.quantization, ...estimate, notes: found.notes })
    else io.out(describeEstimate(found, estimate, io))
    return 0
  },
}

function readLoad(values: CommandInput['values'], memory: ModelMemory, defaultContext: number): LoadOptions {
  const both = kvTypeOption(values, 'kv-type')
  const load: LoadOptions = {
    context: contextOption(values) ?? defaultContext,
    kv_type_k: kvTypeOption(values, 'kv-type-k') ?? both ?? 'f16',
    kv_type_v: kvTypeOption(values, 'kv-type-v') ?? both ?? 'f16',
    parallel: countOption(values, 'parallel', { min: 1, max: 256 }) ?? 1,
    ubatch: countOption(values, 'ubatch', { min: 1, max: 65_536 }) ?? 512,
    flash_attention: choiceOption(values, 'flash-attention', ['on', 'off']) !== 'off',
    gpu_layers: readGpuLayers(values, memory),
    logits: values['all-logits'] ? 'all' : 'server',
  }
  const cpuMoe = countOption(values, 'cpu-moe', { min: 0, max: 10_000 })
  return cpuMoe === undefined ? load : { ...load, cpu_moe_layers: cpuMoe }
}

function readGpuLayers(values: CommandInput['values'], memory: ModelMemory): number | 'all' {
  const text = textOption(values, 'gpu-layers')
  if (text === undefined || text === 'all') return 'all'
  const count = countOption(values, 'gpu-layers', { min: 0, max: 100_000 }) ?? 0
  return Math.min(count, memory.architecture.block_count + 1)
}

function describeEstimate(found: Estimated, estimate: MemoryEstimate, io: Io): string {
  const title = [found.model ?? found.name, found.quantization].filter(Boolean).join(' ')
  const slots = estimate.parallel > 1 ? `, ${estimate.parallel} slots` : ''
  const types =
    estimate.kv_type_k === estimate.kv_type_v
      ? estimate.kv_type_k
      : `${estimate.kv_type_k}/${estimate.kv_type_v}`
  const lines = [
    `${io.style('bold', title)} (${estimate.architecture}) at ${formatContext(estimate.context)} context${slots}, ${types} cache`,
    '',
    ...drawEstimate(estimate, io),
    '',
    ...[...found.notes, ...estimate.basis.assumptions].flatMap((note) =>
      wrap(`- ${note}`, Math.min(io.columns, 100)),
    ),
    `Basis: llama.cpp ${estimate.basis.llama_cpp}`,
  ]
  return `${lines.join('\n')}\n`
}
