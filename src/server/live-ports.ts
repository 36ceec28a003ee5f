import { homedir } from 'node:os'
import { PROVIDERS } from '../../generated/providers.js'
import { getModel } from '../catalog/index.js'
import type { ModelRow } from '../catalog/index.js'
import { liveSource, probeMachine, readRecording } from '../hardware/index.js'
import type { ProbeSource } from '../hardware/index.js'
import { createProviders, detectServers } from '../providers/index.js'
import type { Environment } from '../providers/index.js'
import { almanacHome } from '../registry/index.js'
import { loadResolver } from '../registry/resolver.js'
import { liveInstaller } from './live-installer.js'
import type { AlmanacPorts } from './ports.js'

export interface LiveOptions {
  /** A probe recording that stands for the machine. */
  replay?: string
}

/**
 * The ports of a real server: this machine, the providers that the environment names, the user's own folder.
 *
 * @throws {AlmanacError} Where the recording cannot be read.
 */
export function createLivePorts(env: Environment, options: LiveOptions = {}): AlmanacPorts {
  const home = almanacHome(env, process.platform, homedir())
  const providers = createProviders(PROVIDERS, env)
  const nextSource = options.replay === undefined ? liveSources() : always(readRecording(options.replay))
  return {
    home,
    providers,
    deleteOllamaModel: (name) => providers.ollama.deleteModel(name),
    probeMachine: () => probeMachine(nextSource()),
    detectServers: (signal) => detectServers(PROVIDERS, env, signal),
    loadResolver,
    createInstaller: (shared) =>
      liveInstaller({ home, env, platform: process.platform, providers, findNamed }, shared),
  }
}

/** A tool that hung is left alone for so long; after that it may have recovered. */
const FORGET_HUNG_S = 60

/** Fresh numbers of memory with every probe, and one memory of which tools hang. */
function liveSources(): () => ProbeSource {
  let kept: { source: ProbeSource; since: number } | undefined
  return () => {
    const now = performance.now()
    const fresh = liveSource()
    if (!kept || now - kept.since > FORGET_HUNG_S * 1000) kept = { source: fresh, since: now }
    return { ...kept.source, memory: fresh.memory }
  }
}

function always<T>(value: T): () => T {
  return () => value
}

async function findNamed(name: string): Promise<ModelRow | undefined> {
  const { model } = (await loadResolver())(name)
  return model === null ? undefined : getModel(model)
}
