import { USUAL_CONTEXT } from '../../generated/providers.js'
import { readGgufFile } from '../gguf/index.js'
import type { InstallDeps } from '../install/install-deps.js'
import { parseInstallTarget } from '../install/install-target.js'
import type { InstallEvent } from '../install/types.js'
import { llamaServerArguments, memoryOfBuild, planPlacement } from '../memory/index.js'
import type { ModelMemory } from '../memory/index.js'
import { formatContext } from '../units.js'

type Done = Extract<InstallEvent, { type: 'done' }>

/**
 * What to do after an install: where it is, and the line that runs it with the estimator's own flags.
 *
 * @param asked - Context that the install was planned for; default: the model's own.
 */
export async function describeNextStep(
  spec: string,
  done: Done,
  { deps, asked }: { deps: InstallDeps; asked: number | undefined },
): Promise<string> {
  if (done.provider === 'ollama') return installed('in Ollama', ['ollama', 'run', done.name ?? spec])
  if (done.path === undefined) return installed('in LM Studio', ['lms', 'load', done.name ?? ''])
  if (done.provider === 'lmstudio') {
    return `Installed: ${done.path}\nLM Studio lists it under My Models.\n`
  }
  const known = await memoryOf(spec, done.path, deps).catch(() => null)
  if (!known) return installed(done.path, ['llama-server', '-m', done.path])
  const context = asked ?? known.context
  const placement = planPlacement(known.memory, { context }, await deps.machine())
  const argv = llamaServerArguments(done.path, { context }, placement)
  return installed(done.path, argv, `, ${WHERE[placement.fit]} at ${formatContext(context)} context`)
}

const WHERE = {
  gpu: 'all on the GPU',
  multi_gpu: 'over several GPUs',
  partial: 'partly on the GPU',
  cpu: 'on the processor',
  none: 'though memory is short',
} as const

/** Of a catalog build what the catalog says, of any other file what its header does. */
async function memoryOf(
  spec: string,
  path: string,
  deps: InstallDeps,
): Promise<{ memory: ModelMemory; context: number }> {
  const { model, build } = await parseInstallTarget(spec, deps.findNamed)
  if (model && build) {
    return { memory: memoryOfBuild(model.architecture, build), context: model.context.default }
  }
  const memory = await readGgufFile(path)
  return { memory, context: Math.min(memory.architecture.context_length, USUAL_CONTEXT) }
}

function installed(where: string, argv: readonly string[], how = ''): string {
  return `Installed: ${where}\nRun it${how}:\n  ${argv.map(quote).join(' ')}\n`
}

/** An argument as a POSIX shell reads it back. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
