import { PROVIDER_IDS } from '../../providers/index.js'
import { installedExitCode, listInstalled } from '../../registry/index.js'
import type { Installed, InstalledModel } from '../../registry/index.js'
import { loadResolver } from '../../registry/resolver.js'
import { findModel } from '../../catalog/index.js'
import { formatContext, formatGib } from '../../units.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { printable } from '../display-width.js'
import type { Io } from '../io.js'
import { choiceOption } from '../options.js'
import { printJson } from '../print-json.js'
import { formatTable } from '../table.js'
import { providersOf } from '../world.js'
import { wrap } from '../wrap.js'

export const installedCommand: Command = {
  name: 'installed',
  summary: 'list what Ollama, LM Studio and llama-server hold, with what the catalog knows of it',
  options: {
    provider: { value: 'P', description: `ask only one: ${PROVIDER_IDS.join(', ')}` },
    all: { description: 'embedding models too' },
    json: JSON_OPTION,
  },
  examples: ['llm-almanac installed', 'llm-almanac installed --provider ollama --json'],
  async run({ values }, io) {
    const only = choiceOption(values, 'provider', PROVIDER_IDS)
    const installed = await listInstalled({
      providers: providersOf(io),
      resolve: await loadResolver(),
      signal: io.signal,
      all: values['all'] === true,
      ...(only === undefined ? {} : { only }),
    })
    if (values['json']) printJson(io, installed)
    else io.out(describeInstalled(installed, io))
    return installedExitCode(installed)
  },
}

const COLUMNS = [
  { title: 'Name', flexible: true },
  { title: 'Provider' },
  { title: 'Catalog model' },
  { title: 'Build' },
  { title: 'Tools' },
  { title: 'Size', align: 'right' },
  { title: 'Context', align: 'right' },
] as const

function describeInstalled({ models, providers, problems }: Installed, io: Io): string {
  const lines: string[] = []
  if (models.length > 0) {
    lines.push(...formatTable(COLUMNS, models.map(cells), { width: Math.max(60, io.columns) }), '')
  } else if (providers.some(({ status }) => status === 'running')) {
    lines.push('No models are installed. llm-almanac recommends some, and installs them.', '')
  }
  for (const provider of providers) {
    lines.push(
      `${provider.name}: ${STATUS[provider.status]}${provider.url ? ` (${printable(provider.url)})` : ''}`,
    )
  }
  for (const problem of problems) {
    lines.push(
      ...wrap(
        `! ${printable(problem.provider)}: ${printable(problem.message)}. ${printable(problem.hint)}`,
        io.columns,
      ),
    )
  }
  return `${lines.join('\n')}\n`
}

const STATUS = {
  running: 'running',
  not_running: 'not running',
  loading: 'loading its model',
  needs_token: 'wants a token',
  problem: 'not usable',
} as const

function cells(row: InstalledModel): string[] {
  const model = row.model === null ? undefined : findModel(row.model)
  const context = row.context_length ?? row.max_context_length
  return [
    printable(row.name) + (row.loaded ? ' (loaded)' : ''),
    row.provider,
    row.model ?? '-',
    row.quantization === null ? '-' : printable(row.quantization),
    row.kind === 'embedding' ? 'embedding' : (model?.tier ?? 'experimental'),
    row.local ? (row.size_bytes === null ? '?' : formatGib(row.size_bytes)) : 'cloud',
    context === null ? '?' : formatContext(context),
  ]
}
