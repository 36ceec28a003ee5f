import { join } from 'node:path'
import { USUAL_CONTEXT } from '../../generated/providers.js'
import { AlmanacError } from '../errors.js'
import { memoryOfBuild, planPlacement } from '../memory/index.js'
import type { ModelMemory, Placement } from '../memory/index.js'
import { untilCancelled } from './cancelled.js'
import { readFreeDiskBytes } from './disk-space.js'
import { decideGate, listRefusals } from './gate.js'
import type { GateVerdict } from './gate.js'
import type { InstallDeps } from './install-deps.js'
import { parseInstallTarget } from './install-target.js'
import type { InstallTarget } from './install-target.js'
import { modelsFolder } from './models-folder.js'
import type { InstallProvider } from './types.js'

export interface GateOptions {
  provider: InstallProvider
  /** Tokens; default: the model's own. */
  context?: number | undefined
  /** Folder of a file install; default: the almanac's own. */
  dir?: string | undefined
}

/**
 * The gate's answer for a catalog build, without starting anything. A file outside the catalog has no
 * forecast here: its header is judged as the download brings it (`judgeHeader`).
 *
 * @throws {AlmanacError} As `parseInstallTarget`.
 */
export async function checkGate(spec: string, options: GateOptions, deps: InstallDeps): Promise<GateVerdict> {
  return gateOf(await parseInstallTarget(spec, deps.findNamed), options, deps)
}

export async function gateOf(
  target: InstallTarget,
  options: GateOptions,
  deps: InstallDeps,
): Promise<GateVerdict> {
  const { model, build } = target
  const context = options.context ?? model?.context.default ?? USUAL_CONTEXT
  const [placement, running, installedAt, free] = await Promise.all([
    model && build ? place(memoryOfBuild(model.architecture, build), context, deps) : null,
    deps.isRunning(options.provider),
    deps.installedAt(target),
    readFreeDiskBytes(storeOf(options, deps)),
  ])
  const elsewhere = installedAt.filter((provider) => provider !== options.provider)
  const already = elsewhere.length < installedAt.length
  return decideGate({
    placement,
    context,
    context_max: model?.context.max ?? context,
    tier: model?.kind === 'chat' ? model.tier : null,
    disk_needed_bytes: already ? 0 : (target.bytes ?? 0),
    disk_free_bytes: free,
    installed_at: elsewhere,
    provider: { name: PROVIDER_NAMES[options.provider], running },
  })
}

const PROVIDER_NAMES: Readonly<Record<InstallProvider, string>> = {
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  file: 'Download',
}

function storeOf({ provider, dir }: GateOptions, deps: InstallDeps): string {
  return provider === 'file' ? (dir ?? join(deps.home, 'models')) : modelsFolder(provider, deps)
}

async function place(memory: ModelMemory, context: number, deps: InstallDeps): Promise<Placement> {
  return planPlacement(memory, { context }, await untilCancelled(deps.machine(), deps.signal))
}

/**
 * Judges a file by the header that its first bytes hold.
 *
 * @throws {AlmanacError} `GATE_CLOSED` where the model runs nowhere here and nobody insists.
 */
export async function judgeHeader(
  memory: ModelMemory,
  options: { context?: number | undefined; force?: boolean | undefined },
  deps: InstallDeps,
): Promise<void> {
  const context = options.context ?? Math.min(memory.architecture.context_length, USUAL_CONTEXT)
  const verdict = decideGate({
    placement: await place(memory, context, deps),
    context,
    context_max: memory.architecture.context_length,
    tier: null,
    disk_needed_bytes: 0,
    disk_free_bytes: null,
    installed_at: [],
    provider: { name: PROVIDER_NAMES.file, running: true },
  })
  passGate(verdict, options.force === true, deps)
}

/**
 * Lets an install through, with its warnings reported.
 *
 * @throws {AlmanacError} `NO_SPACE`, `PROVIDER_FAILED` or `GATE_CLOSED` with the first reason.
 */
export function passGate(verdict: GateVerdict, force: boolean, deps: InstallDeps): void {
  const refusals = listRefusals(verdict, force)
  const first = refusals.find((reason) => !reason.overridable) ?? refusals[0]
  for (const reason of verdict.reasons) {
    if (!refusals.includes(reason)) deps.report({ type: 'notice', message: reason.message })
  }
  if (!first) return
  if (first.code === 'no_space')
    throw new AlmanacError('NO_SPACE', first.message, 'free some space on that disk')
  if (first.code === 'provider_absent')
    throw new AlmanacError('PROVIDER_FAILED', first.message, 'or use --provider file')
  throw new AlmanacError(
    'GATE_CLOSED',
    first.message,
    '--force downloads it all the same; a smaller build or a shorter --context may fit',
  )
}
