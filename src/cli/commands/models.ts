import { listModels } from '../../catalog/index.js'
import type { ModelRow } from '../../catalog/index.js'
import { formatContext } from '../../units.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { toListEntry } from '../list-entry.js'
import { printJson } from '../print-json.js'
import { formatTable } from '../table.js'

export const modelsCommand: Command = {
  name: 'models',
  arguments: '[QUERY]',
  summary: 'list the catalog, or the models whose id, name, family or publisher holds every word of QUERY',
  options: { json: JSON_OPTION },
  examples: ['llm-almanac models', 'llm-almanac models qwen3', 'llm-almanac models --json'],
  async run({ values, positionals }, io) {
    const words = positionals.join(' ').toLowerCase().split(/\s+/).filter(Boolean)
    const found = listModels().filter((model) => words.every((word) => searchText(model).includes(word)))
    if (values['json']) printJson(io, found.map(toListEntry))
    else if (found.length === 0)
      io.err('llm-almanac: no model matches; llm-almanac models lists all of them\n')
    else io.out(`${formatTable(COLUMNS, found.map(cells), { width: Math.max(60, io.columns) }).join('\n')}\n`)
    return found.length > 0 ? 0 : 1
  },
}

const COLUMNS = [
  { title: 'Model' },
  { title: 'Publisher', flexible: true },
  { title: 'Size', align: 'right' },
  { title: 'Context', align: 'right' },
  { title: 'Tools' },
  { title: 'Quality', align: 'right' },
] as const

function searchText(model: ModelRow): string {
  return `${model.id} ${model.name} ${model.family} ${model.publisher}`.toLowerCase()
}

function cells(model: ModelRow): string[] {
  return [
    model.id,
    model.publisher,
    formatParameters(model.parameters),
    formatContext(model.context.max),
    model.kind === 'embedding' ? 'embedding' : model.tier,
    model.quality ? model.quality.index.toFixed(0) : '',
  ]
}

function formatParameters(parameters: number): string {
  return parameters >= 1e9 ? `${(parameters / 1e9).toFixed(1)}B` : `${Math.round(parameters / 1e6)}M`
}
