import { AlmanacError } from '../../errors.js'
import { splitBuildSpec } from '../../catalog/index.js'
import { PROVIDER_IDS } from '../../providers/index.js'
import type { ProviderId } from '../../providers/index.js'
import { findInstalled, listInstalled } from '../../registry/index.js'
import type { InstalledModel } from '../../registry/index.js'
import { loadResolver } from '../../registry/resolver.js'
import { formatGib } from '../../units.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { confirm } from '../confirm.js'
import { printable } from '../display-width.js'
import { choiceOption } from '../options.js'
import { printJson } from '../print-json.js'
import { providersOf } from '../world.js'

export const uninstallCommand: Command = {
  name: 'uninstall',
  arguments: 'MODEL[@QUANT]',
  summary: 'remove exactly one model from its provider, after asking',
  options: {
    provider: { value: 'P', description: `where to remove it: ${PROVIDER_IDS.join(', ')}` },
    yes: { short: 'y', description: 'do not ask' },
    json: JSON_OPTION,
  },
  examples: ['llm-almanac uninstall qwen3:8b', 'llm-almanac uninstall qwen3:8b --provider ollama --yes'],
  async run({ values, positionals }, io) {
    const spec = positionals[0]
    if (spec === undefined || positionals.length > 1) {
      throw new AlmanacError('BAD_USAGE', 'uninstall takes one model', 'llm-almanac installed lists them')
    }
    const provider = choiceOption(values, 'provider', PROVIDER_IDS)
    const providers = providersOf(io)
    const resolve = await loadResolver()
    const { models, providers: reports } = await listInstalled({
      providers,
      resolve,
      all: true,
      signal: io.signal,
    })
    const asked = reports.filter(({ name }) => provider === undefined || name === provider)
    if (!asked.some(({ status }) => status === 'running')) throw nobodyAnswers(provider)
    const found = find(models, spec, { resolve, ...(provider === undefined ? {} : { provider }) })
    refuseOthers(found)
    const size = found.size_bytes === null ? '' : `, which frees ${formatGib(found.size_bytes)}`
    const question = `Remove ${printable(found.name)} from Ollama${size}, and nothing else?`
    if (!values['yes'] && !(await confirm(question, io))) {
      io.err('Nothing was removed.\n')
      return 1
    }
    await providers.ollama.deleteModel(found.name, io.signal)
    if (values['json'])
      printJson(io, { removed: found.name, provider: found.provider, bytes: found.size_bytes })
    else io.out(`Removed ${printable(found.name)} from Ollama.\n`)
    return 0
  },
}

function find(
  models: readonly InstalledModel[],
  spec: string,
  options: Parameters<typeof findInstalled>[2],
): InstalledModel {
  const { model, quantization } = splitBuildSpec(spec)
  const whole = findInstalled(models, spec, options)
  const build = quantization?.toUpperCase()
  const rows = build === undefined ? [] : models.filter((row) => row.quantization?.toUpperCase() === build)
  const found = whole ?? findInstalled(rows, model, options)
  if (found) return found
  throw new AlmanacError(
    'UNKNOWN_MODEL',
    `no provider that is running has "${printable(spec.slice(0, 100))}"`,
    'llm-almanac installed lists what is here',
  )
}

function nobodyAnswers(provider: ProviderId | undefined): AlmanacError {
  return new AlmanacError(
    'PROVIDER_FAILED',
    `${provider === undefined ? 'no provider is' : `${provider} is not`} running, so nothing was removed`,
    `start ${provider ?? 'the one that has the model'} first`,
  )
}

/** Only Ollama lets others remove its models. */
function refuseOthers(found: InstalledModel): void {
  if (found.provider === 'ollama') return
  const where =
    found.provider === 'lmstudio' ? 'in its "My Models" list' : 'by deleting the file that it serves'
  throw new AlmanacError(
    'PROVIDER_FAILED',
    `${found.provider} cannot be told to remove a model`,
    `remove ${printable(found.name)} ${where}`,
  )
}
