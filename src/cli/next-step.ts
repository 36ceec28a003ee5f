import { memoryOfBuild, planPlacement, llamaServerArguments } from '../memory/index.js'
import { parseInstallTarget } from '../install/install-target.js'
import type { InstallDeps } from '../install/install-deps.js'
import type { InstallEvent } from '../install/types.js'

type Done = Extract<InstallEvent, { type: 'done' }>

/** What to do after an install: where it is, and the line that runs it with the estimator's own flags. */
export async function describeNextStep(
  spec: string,
  done: Done | undefined,
  deps: InstallDeps,
): Promise<string> {
  if (!done) return ''
  if (done.provider === 'ollama') return `Installed. Run it:  ollama run ${done.name ?? spec}\n`
  if (done.path === undefined)
    return `Installed in LM Studio. Load it there, or:  lms load ${done.name ?? ''}\n`
  const { model, build } = await parseInstallTarget(spec, deps.findNamed)
  if (!model || !build) return `Installed: ${done.path}\nRun it:  llama-server -m ${quote(done.path)}\n`
  const memory = memoryOfBuild(model.architecture, build)
  const load = { context: model.context.default }
  const placement = planPlacement(memory, load, await deps.machine())
  return `Installed: ${done.path}\nRun it:  ${llamaServerArguments(done.path, load, placement).map(quote).join(' ')}\n`
}

/** An argument as a POSIX shell reads it back. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
