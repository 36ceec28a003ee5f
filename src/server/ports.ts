import type { GateVerdict } from '../install/gate.js'
import type { InstallTarget } from '../install/install-target.js'
import type { RunContext, RunInstall } from '../install/queue.js'
import type { InstallProvider } from '../install/types.js'
import type { Machine } from '../machine.js'
import type { DetectedServer, ProviderReport } from '../providers/index.js'
import type { ProviderSet, ResolveName } from '../registry/index.js'

/** What the server knows already and an install need not ask again. */
export interface SharedFacts {
  machine(): Promise<Machine>
  reports(): Promise<readonly ProviderReport[]>
}

export interface Installer {
  run: RunInstall
  /** Pulls exactly this name into Ollama. */
  pull(name: string, target: InstallTarget | null, context: RunContext): Promise<void>
  /** @throws {AlmanacError} `BAD_USAGE`, `UNKNOWN_MODEL`, `UNKNOWN_BUILD`; nothing is asked of any server. */
  parse(spec: string): Promise<InstallTarget>
  gate(
    spec: string,
    options: { provider: InstallProvider; context?: number | undefined },
  ): Promise<GateVerdict>
}

/** Everything that the server asks the outside for; tests bring their own. */
export interface AlmanacPorts {
  /** Folder of settings, partial downloads and files (`LLM_ALMANAC_HOME`). */
  home: string
  providers: ProviderSet
  /** Removes the Ollama model of exactly this name. @throws {AlmanacError} */
  deleteOllamaModel(name: string): Promise<void>
  probeMachine(signal: AbortSignal): Promise<Machine>
  detectServers(signal: AbortSignal): Promise<DetectedServer[]>
  loadResolver(): Promise<ResolveName>
  createInstaller(shared: SharedFacts): Installer
}
