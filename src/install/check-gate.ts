import { USUAL_CONTEXT } from '../../generated/providers.js'
import { AlmanacError } from '../errors.js'
import { fetchGguf } from '../gguf/index.js'
import type { GgufHeader } from '../gguf/index.js'
import { explainLeftOutGpus, memoryOfBuild, planPlacement } from '../memory/index.js'
import type { ModelMemory } from '../memory/index.js'
import { untilCancelled } from './cancelled.js'
import { diskOf } from './gate-disk.js'
import { decideGate, listRefusals } from './gate.js'
import type { GateQuestion, GateVerdict } from './gate.js'
import type { InstallDeps } from './install-deps.js'
import { parseInstallTarget } from './install-target.js'
import type { InstallTarget } from './install-target.js'
import type { InstallProvider } from './types.js'

export interface GateOptions {
  provider: InstallProvider
  /** Tokens; default: the model's own. */
  context?: number | undefined
  /** Folder of a file install; default: the almanac's own. */
  dir?: string | undefined
}

/**
 * The gate's answer, without starting anything. Of a file outside the catalog the header is read from the hub.
 *
 * @throws {AlmanacError} As `parseInstallTarget`.
 */
export async function checkGate(spec: string, options: GateOptions, deps: InstallDeps): Promise<GateVerdict> {
  return gateOf(await parseInstallTarget(spec, deps.findNamed), options, deps)
}

/** As `checkGate`, for a target that is parsed already. */
export async function gateOf(
  target: InstallTarget,
  options: GateOptions,
  deps: InstallDeps,
): Promise<GateVerdict> {
  const { model, build } = target
  const header = model ? null : await readHeader(target.label, deps)
  const memory = model && build ? memoryOfBuild(model.architecture, build) : header
  const bytes = target.bytes ?? header?.file_bytes ?? null
  const longest = model?.context.max ?? memory?.architecture.context_length ?? USUAL_CONTEXT
  const context = options.context ?? model?.context.default ?? Math.min(longest, USUAL_CONTEXT)
  const [placed, running, installedAt, disk] = await Promise.all([
    memory ? place(memory, context, deps) : { placement: null, left_out: [] },
    deps.isRunning(options.provider),
    deps.installedAt(target),
    diskOf({ ...target, bytes }, options, deps),
  ])
  const elsewhere = installedAt.filter((provider) => provider !== options.provider)
  const already = elsewhere.length < installedAt.length
  return decideGate({
    ...placed,
    context,
    context_max: longest,
    tier: model?.kind === 'chat' ? model.tier : null,
    disk_needed_bytes: already ? 0 : disk.needed_bytes,
    disk_free_bytes: disk.free_bytes,
    installed_at: elsewhere,
    provider: { name: PROVIDER_NAMES[options.provider], running },
  })
}

const PROVIDER_NAMES: Readonly<Record<InstallProvider, string>> = {
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  file: 'Download',
}

async function readHeader(label: string, deps: InstallDeps): Promise<GgufHeader | null> {
  try {
    return await fetchGguf(label, {
      env: deps.env,
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
    })
  } catch (error) {
    // Without its header there is no forecast, which the gate says; only an interruption ends it here.
    if (error instanceof AlmanacError && error.code !== 'CANCELLED') return null
    throw error
  }
}

async function place(
  memory: ModelMemory,
  context: number,
  deps: InstallDeps,
): Promise<Pick<GateQuestion, 'placement' | 'left_out'>> {
  const machine = await untilCancelled(deps.machine(), deps.signal)
  return {
    placement: planPlacement(memory, { context }, machine),
    left_out: explainLeftOutGpus(machine),
  }
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
    ...(await place(memory, context, deps)),
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
