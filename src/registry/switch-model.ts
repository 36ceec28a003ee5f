import { AlmanacError } from '../errors.js'
import type { ProviderId } from '../providers/index.js'
import { findInstalled } from './find-installed.js'
import type { Installed, InstalledModel } from './list-installed.js'
import type { ProviderSet } from './probe-providers.js'
import type { ResolveName } from './resolve-name.js'
import type { SettingsFile } from './settings-file.js'
import type { SelectedModel } from './settings.js'

export interface SwitchPorts {
  providers: ProviderSet
  resolve: ResolveName
  settings: SettingsFile
  /** All that is installed, embedding models too. */
  installed: () => Promise<Installed>
  /** The gate: why the model must not be loaded here, or `null`. */
  refusal: (model: InstalledModel) => Promise<string | null>
}

function notFound(name: string, installed: Installed): AlmanacError {
  const answering = installed.providers.some(({ status }) => status === 'running' || status === 'loading')
  if (!answering)
    return new AlmanacError('PROVIDER_FAILED', 'No provider is running', 'Start Ollama or LM Studio')
  const shown = name.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200)
  return new AlmanacError(
    'UNKNOWN_MODEL',
    `No provider has the model ${shown}`,
    'See `llm-almanac installed`',
  )
}

/** True where the model that answered is the one asked for, by name or by weights. */
function isSame(row: InstalledModel, served: string, resolve: ResolveName): boolean {
  if (served.toLowerCase() === row.name.toLowerCase() || served === `${row.name}:latest`) return true
  // A second instance of a model in LM Studio has a number behind its name.
  if (served.startsWith(`${row.name}:`)) return true
  // llama-server serves one model and answers with whatever name it likes.
  if (row.provider === 'llama-server') return true
  return row.model !== null && resolve(served).model === row.model
}

/**
 * Makes an installed model the selected one: found, let through by the gate, and proven by a tiny completion. The
 * choice is saved last, so that a switch that fails leaves the old one.
 *
 * @throws {AlmanacError} `UNKNOWN_MODEL` where no provider has it, `PROVIDER_FAILED`, `GATE_CLOSED`, `BAD_USAGE` for
 * an embedding model, and what saving throws.
 */
export async function switchModel(
  name: string,
  ports: SwitchPorts,
  options: { provider?: ProviderId; signal?: AbortSignal } = {},
): Promise<SelectedModel> {
  const { resolve } = ports
  const { signal, ...only } = options
  const installed = await ports.installed()
  const row = findInstalled(installed.models, name, { resolve, ...only })
  if (row === undefined) throw notFound(name, installed)
  if (row.kind === 'embedding') {
    throw new AlmanacError('BAD_USAGE', 'An embedding model cannot chat', 'Choose a chat model')
  }
  const refusal = await ports.refusal(row)
  if (refusal !== null)
    throw new AlmanacError('GATE_CLOSED', refusal, 'Choose a smaller model or a shorter context')
  const served = await ports.providers[row.provider].tinyCompletion(
    row.name,
    signal === undefined ? {} : { signal },
  )
  if (!isSame(row, served, resolve)) {
    throw new AlmanacError(
      'PROVIDER_FAILED',
      `Another model answered instead of the one asked for`,
      'Load it first',
    )
  }
  const selected: SelectedModel = { name: row.name, provider: row.provider, model: row.model }
  await ports.settings.change({ selected })
  return selected
}
