import { checkGate } from '../install/check-gate.js'
import { createInstallDeps } from '../install/create-deps.js'
import type { InstallWorld } from '../install/create-deps.js'
import type { InstallDeps } from '../install/install-deps.js'
import { installModel } from '../install/install.js'
import { parseInstallTarget } from '../install/install-target.js'
import type { InstallTarget } from '../install/install-target.js'
import { installWithOllama } from '../install/install-with-ollama.js'
import { loadResolver } from '../registry/resolver.js'
import type { Installer, SharedFacts } from './ports.js'

type World = Omit<InstallWorld, 'resolve' | 'machine'>

/** The engine of installs, with what the server knows already. */
export function liveInstaller(world: World, shared: SharedFacts): Installer {
  const depsOf = async (report: InstallDeps['report'], signal?: AbortSignal): Promise<InstallDeps> => {
    const resolve = await loadResolver()
    const deps = createInstallDeps({ ...world, resolve, machine: () => shared.machine() }, report, signal)
    return {
      ...deps,
      async isRunning(provider) {
        if (provider === 'file') return true
        const reports = await shared.reports()
        return reports.some(({ id, status }) => id === provider && status === 'running')
      },
    }
  }
  return {
    async run(model, provider, { force, signal, report }) {
      await installModel(model, { provider, force }, await depsOf(report, signal))
    },
    pull: (name, target, context) =>
      installWithOllama(pullTarget(name, target), world.providers.ollama, context),
    parse: (spec) => parseInstallTarget(spec, world.findNamed),
    gate: async (spec, options) => checkGate(spec, options, await depsOf(() => {})),
  }
}

/** What the catalog knows of the name's build, to be pulled under exactly this name. */
function pullTarget(name: string, known: InstallTarget | null): InstallTarget {
  return {
    model: known?.model ?? null,
    build: known?.build ?? null,
    quantization: known?.quantization ?? null,
    files: [],
    bytes: known?.bytes ?? null,
    label: name,
    ollama_name: name,
  }
}
