import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AlmanacError } from '../errors.js'
import { readGgufStart } from '../gguf/index.js'
import { UnsupportedDownload } from '../providers/index.js'
import { areAlreadyThere } from './already-there.js'
import { explainCancel } from './cancelled.js'
import { gateOf, judgeHeader, passGate } from './check-gate.js'
import type { GateOptions } from './check-gate.js'
import type { Inspect } from './head-inspector.js'
import type { InstallDeps } from './install-deps.js'
import { installFiles } from './install-file.js'
import { parseInstallTarget } from './install-target.js'
import type { InstallTarget } from './install-target.js'
import { installWithLmStudio } from './install-with-lmstudio.js'
import { installWithOllama } from './install-with-ollama.js'
import { modelsFolder } from './models-folder.js'
import type { InstallProvider } from './types.js'

export interface InstallOptions {
  /** Default: the first running of Ollama and LM Studio, else a file. */
  provider?: InstallProvider | undefined
  /** Folder of a file install; default: `models` in the almanac's home. */
  dir?: string | undefined
  /** Opens the gate on memory, never on disk. */
  force?: boolean | undefined
  context?: number | undefined
}

/**
 * Passes the gate, then installs, reporting events as it goes.
 *
 * @param spec - `MODEL[@QUANT]` or `hf:OWNER/REPO/FILE.gguf`.
 * @throws {AlmanacError} Whose code tells a closed gate from a failure.
 */
export async function installModel(spec: string, options: InstallOptions, deps: InstallDeps): Promise<void> {
  try {
    await install(await parseInstallTarget(spec, deps.findNamed), options, deps)
  } catch (error) {
    throw explainCancel(error)
  }
}

async function install(target: InstallTarget, options: InstallOptions, deps: InstallDeps): Promise<void> {
  const provider = options.provider ?? (await chooseProvider(target, deps))
  const folder = options.dir ?? join(deps.home, 'models')
  // What is complete already needs no gate.
  const isThere = provider === 'file' && (await areAlreadyThere(target.files, folder))
  if (!isThere) await passCatalogGate(target, { ...options, provider }, deps)
  if (provider === 'ollama') return installWithOllama(target, deps.ollama, deps)
  if (provider === 'lmstudio') return installIntoLmStudio(target, options, deps)
  const inspect = inspectHeader(target, options, deps)
  await installFiles({ target, folder, provider: 'file', inspect, ...deps })
}

/** The first running of Ollama and LM Studio that can take it, else a plain file. */
export async function chooseProvider(
  target: InstallTarget,
  deps: Pick<InstallDeps, 'isRunning'>,
): Promise<InstallProvider> {
  const [ollama, lmstudio] = await Promise.all([deps.isRunning('ollama'), deps.isRunning('lmstudio')])
  if (ollama && target.ollama_name !== null) return 'ollama'
  return lmstudio && target.files.length > 0 ? 'lmstudio' : 'file'
}

async function passCatalogGate(
  target: InstallTarget,
  options: InstallOptions & GateOptions,
  deps: InstallDeps,
): Promise<void> {
  const toFile = options.provider === 'file' || (await mustPlaceForLmStudio(options.provider, deps))
  // A file outside the catalog that we download ourselves is judged by its own header, once that has come.
  if (!target.model && toFile) return
  const verdict = await gateOf(target, options, deps)
  // What has arrived earlier needs no space again; the file install counts that exactly.
  const reasons = verdict.reasons.filter(
    ({ code }) => !(toFile && (code === 'no_space' || code === 'provider_absent')),
  )
  passGate({ ...verdict, reasons }, options.force === true, deps)
}

/** LM Studio that does not run finds files that stand in its folder later. */
async function mustPlaceForLmStudio(provider: InstallProvider, deps: InstallDeps): Promise<boolean> {
  if (provider !== 'lmstudio' || !existsSync(modelsFolder('lmstudio', deps))) return false
  return !(await deps.isRunning('lmstudio'))
}

async function installIntoLmStudio(
  target: InstallTarget,
  options: InstallOptions,
  deps: InstallDeps,
): Promise<void> {
  const running = await deps.isRunning('lmstudio')
  const folder = modelsFolder('lmstudio', deps)
  if (running) {
    try {
      return await installWithLmStudio(target, deps.lmstudio, { ...deps, hub_url: 'https://huggingface.co' })
    } catch (error) {
      if (!(error instanceof UnsupportedDownload) || !existsSync(folder)) throw error
    }
  } else if (!existsSync(folder)) {
    throw new AlmanacError('PROVIDER_FAILED', 'LM Studio is not running', 'start it, or use --provider file')
  }
  const repo = target.files[0]?.repo ?? ''
  await installFiles({
    target,
    folder: join(folder, ...repo.split('/')),
    provider: 'lmstudio',
    inspect: inspectHeader(target, options, deps),
    ...deps,
  })
}

/** Judges a file outside the catalog by the header that its first bytes hold. */
function inspectHeader(
  target: InstallTarget,
  options: InstallOptions,
  deps: InstallDeps,
): Inspect | undefined {
  if (target.model) return undefined
  return async ({ path, bytes, file_bytes, total_bytes }) => {
    const header = await readGgufStart(path, { bytes, file_bytes, total_bytes }).catch((error: unknown) => {
      if (error instanceof AlmanacError && error.code === 'BAD_FILE') return 'unreadable' as const
      throw error
    })
    if (header === null) return 'more'
    if (header === 'unreadable') {
      deps.report({ type: 'notice', message: 'Its header cannot be read as GGUF: no memory forecast.' })
    } else {
      await judgeHeader(header, options, deps)
    }
    return 'enough'
  }
}
