import { batch, signal } from '@preact/signals'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { fetchGate } from './gate.js'
import type { GateAnswer } from './gate.js'
import { installedModels, refreshInstalled, runningProviders } from './installed.js'
import { startInstall } from './installs.js'
import { whatIf } from './question.js'

/** An install that the gate is asked about. */
export interface GateTarget {
  model: ModelRow
  build: BuildRow
  /** Null until the providers have said which of them runs. */
  provider: string | null
}

export const gateTarget = signal<GateTarget | null>(null)
/** Null while the gate is asked; a string is why it could not be asked, or why nothing was started. */
export const gateAnswer = signal<GateAnswer | string | null>(null)
export const gateBusy = signal(false)

/** Providers that can be given a download now; a plain file always can. */
export function installTargets(): string[] {
  return ['ollama', 'lmstudio'].filter((id) => runningProviders.value.includes(id)).concat('file')
}

export const closeGate = (): void => void (gateTarget.value = null)

/** Asks the gate, and starts at once where it has nothing to say. */
export function openGate(model: ModelRow, build: BuildRow, provider: string | null = null): Promise<void> {
  return askGate({ model, build, provider }, 'start')
}

/** Shows what the gate says of a build and who would get it; an install that needs no question just starts. */
export async function askGate(asked: GateTarget, then: 'start' | 'show'): Promise<void> {
  if (gateBusy.peek()) return
  gateBusy.value = true
  batch(() => {
    gateTarget.value = asked
    gateAnswer.value = null
  })
  const target = { ...asked, provider: asked.provider ?? (await firstTarget()) }
  const { model, build, provider } = target
  const verdict = await fetchGate(specOf(model, build), provider, whatIf.peek().context)
  gateBusy.value = false
  if (gateTarget.peek() !== asked) return
  gateTarget.value = target
  const open = typeof verdict !== 'string' && verdict.verdict === 'allowed'
  if (open && then === 'start') await installTarget(false)
  else gateAnswer.value = verdict
}

/** A click before the providers have answered must not make a file of what Ollama would be given. */
async function firstTarget(): Promise<string> {
  if (installedModels.peek() === null) await refreshInstalled()
  return installTargets()[0] ?? 'file'
}

const specOf = (model: ModelRow, build: BuildRow) => `${model.id}@${build.quantization}`

export async function installTarget(force: boolean): Promise<void> {
  const target = gateTarget.peek()
  if (target?.provider == null || gateBusy.peek()) return
  gateBusy.value = true
  const result = await startInstall(specOf(target.model, target.build), target.provider, force)
  gateBusy.value = false
  if (result.ok) closeGate()
  else gateAnswer.value = result.message
}
