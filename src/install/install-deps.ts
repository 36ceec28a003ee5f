import type { ModelRow } from '../catalog/index.js'
import type { Machine } from '../machine.js'
import type { LmStudioDownloader, OllamaPuller } from './install-ports.js'
import type { InstallTarget } from './install-target.js'
import type { Hub, InstallProvider, Report } from './types.js'

/** The world of an install; the command line and the server each bring their own. */
export interface InstallDeps {
  /** Folder of settings and partial downloads (`LLM_ALMANAC_HOME`). */
  home: string
  env: Readonly<Record<string, string | undefined>>
  platform: string
  hub: Hub
  signal: AbortSignal | undefined
  report: Report
  ollama: OllamaPuller
  lmstudio: LmStudioDownloader
  machine(): Promise<Machine>
  /** Whether a provider can be given a download now; `file` always can. */
  isRunning(provider: InstallProvider): Promise<boolean>
  /** Providers that hold this very build already. */
  installedAt(target: InstallTarget): Promise<readonly string[]>
  /** Looks up a name that is no catalog id. */
  findNamed?(name: string): Promise<ModelRow | undefined>
}
