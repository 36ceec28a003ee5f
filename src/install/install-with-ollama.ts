import { AlmanacError } from '../errors.js'
import type { OllamaPuller } from './install-ports.js'
import type { InstallTarget } from './install-target.js'
import { LayerTotals } from './layer-totals.js'
import { ProgressMeter } from './progress.js'
import type { Report } from './types.js'

/** A tag without a manifest fails at once; a second try covers a passing fault of the registry. */
const MAX_PULLS = 2

/**
 * Pulls a model into Ollama. Success is what Ollama itself calls success, verified by listing afterwards.
 *
 * @throws {AlmanacError} `PROVIDER_FAILED` with Ollama's own words, `CANCELLED`.
 */
export async function installWithOllama(
  target: InstallTarget,
  ollama: OllamaPuller,
  context: { report: Report; signal: AbortSignal | undefined },
): Promise<void> {
  const name = target.ollama_name
  if (name === null) {
    throw new AlmanacError('PROVIDER_FAILED', `Ollama has no tag for ${target.label}`, 'use --provider file')
  }
  const { report } = context
  report({
    type: 'start',
    model: target.label,
    quantization: target.quantization,
    provider: 'ollama',
    total_bytes: target.bytes,
  })
  const meter = new ProgressMeter(report, null)
  for (let attempt = 1; ; attempt++) {
    const failure = await pullOnce(name, ollama, { ...context, meter })
    if (failure === null) break
    if (attempt >= MAX_PULLS || !/connection|reset|timeout|EOF|unexpected status|ended/i.test(failure)) {
      throw new AlmanacError('PROVIDER_FAILED', `Ollama: ${failure}`, hintFor(failure))
    }
  }
  await checkListed(name, ollama, context.signal)
  report({ type: 'done', provider: 'ollama', name })
}

async function pullOnce(
  name: string,
  ollama: OllamaPuller,
  context: { signal: AbortSignal | undefined; meter: ProgressMeter },
): Promise<string | null> {
  const layers = new LayerTotals()
  for await (const event of ollama.pull(name, context.signal)) {
    if (event.error !== null) return event.error
    if (event.status === 'success') return null
    layers.add(event)
    const phase = /^(verifying|writing|removing)/.test(event.status ?? '') ? 'verifying' : 'downloading'
    if (layers.total > 0) {
      context.meter.total = layers.total
      context.meter.update(layers.completed, phase)
    }
  }
  return 'the pull ended before Ollama said that it succeeded'
}

async function checkListed(
  name: string,
  ollama: OllamaPuller,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { models, status } = await ollama.list(signal === undefined ? {} : { signal })
  const wanted = name.toLowerCase()
  const listed = models.some((model) => [wanted, `${wanted}:latest`].includes(model.name.toLowerCase()))
  if (status === 'running' && !listed) {
    throw new AlmanacError(
      'PROVIDER_FAILED',
      `Ollama reported success, but does not list ${name}`,
      'look at its log, then try again',
    )
  }
}

function hintFor(failure: string): string {
  if (/file does not exist|not found|manifest/i.test(failure))
    return 'the tag does not exist in the library (any more)'
  if (/no space/i.test(failure)) return 'free disk space where Ollama keeps its models'
  return 'run the same command again: Ollama resumes where it stopped'
}
