import { AlmanacError } from '../errors.js'
import { listRefusals } from '../install/gate.js'
import type { GateVerdict } from '../install/gate.js'
import type { InstallTarget } from '../install/install-target.js'
import type { InstallJob } from '../install/queue.js'
import type { InstallProvider } from '../install/types.js'
import type { AlmanacState } from './almanac-state.js'
import { HttpError } from './http-errors.js'

export interface AskedInstall {
  model: string
  provider: InstallProvider
  force?: boolean
}

/**
 * Checks the spec, then the gate, then queues the install.
 *
 * @throws {AlmanacError} For a bad spec or an unknown model. @throws {HttpError} 409 or 503 for a closed gate.
 */
export async function requestInstall(
  asked: AskedInstall,
  state: AlmanacState,
): Promise<{ job: InstallJob; is_new: boolean }> {
  const { model: spec, provider, force = false } = asked
  const target = await state.installer.parse(spec)
  const key = `${provider} ${targetKey(target)}`
  const running = state.queue.find(key)
  if (running) return { job: running, is_new: false }
  // A file outside the catalog is judged by its own header, as the download brings it.
  if (target.model) checkVerdict(await state.installer.gate(spec, { provider }), force)
  else if (provider !== 'file') await checkRunning(provider, state)
  return state.queue.enqueue({ model: spec, provider, force, key })
}

/** The same build has one key, however it is spelled. */
function targetKey({ label, quantization }: InstallTarget): string {
  return `${label}@${quantization ?? ''}`
}

async function checkRunning(provider: 'ollama' | 'lmstudio', state: AlmanacState): Promise<void> {
  const { status, name } = await state.report(provider)
  if (status !== 'running') throw new HttpError(503, `${name} is not running`)
}

/** @throws {HttpError} 503 where the provider is absent, 409 for any other reason that stays. */
export function checkVerdict(verdict: GateVerdict, force: boolean): void {
  const refusals = listRefusals(verdict, force)
  if (refusals.length === 0) return
  const absent = refusals.find(({ code }) => code === 'provider_absent')
  if (absent) throw new HttpError(503, absent.message)
  throw new HttpError(409, refusals.map(({ message }) => message).join(' '))
}

/** Like `requestInstall` for a name of Ollama's own: exactly that name is pulled, in the catalog or not. */
export async function requestPull(
  name: string,
  state: AlmanacState,
): Promise<{ job: InstallJob; is_new: boolean }> {
  checkOllamaName(name)
  const key = `ollama ${name.toLowerCase()}`
  const running = state.queue.find(key)
  if (running) return { job: running, is_new: false }
  const target = await knownTarget(name, state)
  if (target?.model && target.quantization !== null) {
    const verdict = await state.installer.gate(`${target.model.id}@${target.quantization}`, {
      provider: 'ollama',
    })
    // Whether Ollama runs is seen by the pull itself.
    const reasons = verdict.reasons.filter(({ code }) => code !== 'provider_absent')
    checkVerdict({ ...verdict, reasons }, false)
  }
  const run = (context: Parameters<typeof state.installer.pull>[2]) =>
    state.installer.pull(name, target, context).finally(() => state.providersChanged())
  return state.queue.enqueue({ model: name, provider: 'ollama', key, run })
}

async function knownTarget(name: string, state: AlmanacState): Promise<InstallTarget | null> {
  const { model, quantization, confidence } = (await state.resolver())(name)
  if (model === null || confidence === 'none') return null
  try {
    return await state.installer.parse(quantization === null ? model : `${model}@${quantization}`)
  } catch (error) {
    if (error instanceof AlmanacError) return null
    throw error
  }
}

/** Names that Ollama itself takes: host, namespace, model and tag; no option, no path out. */
function checkOllamaName(name: string): void {
  const parts = name.split('/')
  const fine = /^[A-Za-z0-9_][A-Za-z0-9._:@-]*$/
  if (name.length > 300 || !parts.every((part) => fine.test(part) && !part.includes('..'))) {
    throw new HttpError(400, 'That is no name of an Ollama model')
  }
}
