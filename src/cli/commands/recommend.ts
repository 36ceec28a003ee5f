import { AlmanacError } from '../../errors.js'
import { listModels } from '../../catalog/index.js'
import { recommend } from '../../recommend/index.js'
import type { RecommendOptions } from '../../recommend/index.js'
import type { Command, CommandInput } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { loadMachine } from '../load-machine.js'
import {
  choiceOption,
  contextOption,
  countOption,
  kvTypeOption,
  MACHINE_OPTIONS,
  textOption,
} from '../options.js'
import { printJson } from '../print-json.js'
import { formatRecommendations } from '../recommend-table.js'
import { suggest } from '../suggest.js'

const TABLE_ROWS = 10

export const recommendCommand: Command = {
  name: 'recommend',
  summary: 'rank the models that run well on this machine: best answer first, with what they need and why',
  options: {
    vram: {
      value: 'SIZE',
      description: 'pretend one GPU with so much free memory (24GiB; a bare number is GiB; 0: no GPU)',
    },
    ram: { value: 'SIZE', description: 'pretend so much available system memory' },
    context: { value: 'N', description: "tokens to plan for (32768 or 32K); default: each model's own" },
    'kv-type': { value: 'TYPE', description: 'type of the KV cache: f16 (default), q8_0, q4_0 …' },
    tier: {
      value: 'TIER',
      description: 'at least this tier of tool calling: verified, compatible, experimental',
    },
    tools: { value: 'any', description: 'any: rank without regard to tool calling' },
    family: { value: 'F', description: 'only this family, such as qwen3' },
    limit: { value: 'N', description: `at most so many rows (default ${TABLE_ROWS}; with --json all)` },
    builds: { description: 'every build that fits, not only the best of each model' },
    all: { description: 'also what does not fit, with the reason' },
    ...MACHINE_OPTIONS,
    json: JSON_OPTION,
  },
  examples: [
    'llm-almanac',
    'llm-almanac recommend --vram 24GiB --context 32K',
    'llm-almanac recommend --family qwen3 --kv-type q8_0 --all',
  ],
  async run({ values }, io) {
    const options = readOptions(values)
    const machine = await loadMachine(values)
    const result = recommend(machine, options)
    if (values['json']) {
      printJson(io, result)
    } else {
      const width = Math.max(60, Math.min(io.columns, 120))
      io.out(formatRecommendations(result, { io, width, limit: options.limit ?? TABLE_ROWS }))
    }
    return result.recommendations.length > 0 ? 0 : 1
  },
}

function readOptions(values: CommandInput['values']): RecommendOptions {
  const options: RecommendOptions = {}
  const context = contextOption(values)
  if (context !== undefined) options.context = context
  const kvType = kvTypeOption(values, 'kv-type')
  if (kvType) options.kv_type = kvType
  const tier = choiceOption(values, 'tier', ['verified', 'compatible', 'experimental'])
  if (tier) options.minimum_tier = tier
  const tools = choiceOption(values, 'tools', ['any', 'first'])
  if (tools) options.tools = tools
  const family = textOption(values, 'family')
  if (family !== undefined) options.family = knownFamily(family)
  const limit = countOption(values, 'limit', { min: 1, max: 10_000 })
  if (limit !== undefined) options.limit = limit
  if (values['builds']) options.all_builds = true
  if (values['all']) options.include_not_fitting = true
  return options
}

function knownFamily(name: string): string {
  const families = [...new Set(listModels().map((model) => model.family))]
  const found = families.find((family) => family === name.toLowerCase())
  if (found) return found
  const near = suggest(name, families)
  throw new AlmanacError(
    'UNKNOWN_MODEL',
    `there is no family "${name}" in the catalog`,
    near ? `did you mean "${near}"?` : 'llm-almanac models lists them',
  )
}
