import { AlmanacError } from '../errors.js'
import { HttpFailure } from '../http/index.js'
import { pause } from './cancelled.js'
import type { OllamaPuller } from './install-ports.js'
import type { InstallTarget } from './install-target.js'
import { LayerTotals } from './layer-totals.js'
import { ProgressMeter } from './progress.js'
import type { Report } from './types.js'

/** Pulls in a row that bring nothing new: a second one covers a passing fault, as of a tag without a manifest. */
const MAX_FAILURES = 2
/** Time for an Ollama that was just restarted. */
const PAUSE_S = 1
const PASSING = /connection|reset|timeout|EOF|unexpected status|ended/i

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
    const why =
      target.files.length > 1
        ? `Ollama cannot pull split files, and ${target.label} has ${target.files.length} parts`
        : `Ollama has no tag for ${target.label}`
    throw new AlmanacError('PROVIDER_FAILED', why, 'use --provider file')
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
  await pullUntilDone(name, ollama, { ...context, meter }).finally(() => meter.end())
  await checkListed(name, ollama, context.signal)
  report({ type: 'done', provider: 'ollama', name })
}

interface PullContext {
  signal: AbortSignal | undefined
  meter: ProgressMeter
}

/** Pulls again after a passing fault: Ollama resumes by itself. Pulls that bring new bytes do not count. */
async function pullUntilDone(name: string, ollama: OllamaPuller, context: PullContext): Promise<void> {
  for (let failures = 0; ;) {
    const before = context.meter.completed
    const failure = await pullOnce(name, ollama, context)
    if (failure === null) return
    failures = context.meter.completed > before ? 1 : failures + 1
    if (failures >= MAX_FAILURES || !PASSING.test(failure)) {
      throw new AlmanacError('PROVIDER_FAILED', `Ollama: ${failure}`, hintFor(failure))
    }
    await pause(PAUSE_S, context.signal)
  }
}

/** @returns Why it failed, or null for success. */
async function pullOnce(name: string, ollama: OllamaPuller, context: PullContext): Promise<string | null> {
  const layers = new LayerTotals()
  try {
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
  } catch (error) {
    if (isBrokenConnection(error)) return 'the connection broke'
    throw error
  }
  return 'the pull ended before Ollama said that it succeeded'
}

function isBrokenConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof HttpFailure && cause.kind === 'reset'
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
