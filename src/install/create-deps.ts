import type { ModelRow } from '../catalog/index.js'
import type { Machine } from '../machine.js'
import type { Providers } from '../providers/index.js'
import { findInstalled, listInstalled } from '../registry/index.js'
import type { Resolver } from '../registry/resolver.js'
import { hubOf } from './hub.js'
import type { InstallDeps } from './install-deps.js'
import type { Report } from './types.js'

export interface InstallWorld {
  home: string
  env: Readonly<Record<string, string | undefined>>
  platform: string
  providers: Providers
  resolve: Resolver
  machine(): Promise<Machine>
  findNamed?(name: string): Promise<ModelRow | undefined>
}

/** Puts together what an install needs; the providers are listed at most once for it. */
export function createInstallDeps(
  world: InstallWorld,
  report: Report,
  signal: AbortSignal | undefined,
): InstallDeps {
  const { providers, resolve } = world
  let listed: ReturnType<typeof listInstalled> | undefined
  const list = () =>
    (listed ??= listInstalled({ providers, resolve, ...(signal === undefined ? {} : { signal }) }))
  return {
    home: world.home,
    env: world.env,
    platform: world.platform,
    hub: hubOf(world.env),
    signal,
    report,
    ollama: providers.ollama,
    lmstudio: providers.lmstudio,
    machine: world.machine,
    ...(world.findNamed === undefined ? {} : { findNamed: world.findNamed }),
    async isRunning(provider) {
      if (provider === 'file') return true
      const { providers: reports } = await list()
      return reports.some(({ name, status }) => name === provider && status === 'running')
    },
    async installedAt({ model, quantization }) {
      if (!model) return []
      const { models } = await list()
      const same = models.filter((row) => row.model === model.id && row.quantization === quantization)
      const found = findInstalled(same, model.id, { resolve })
      return found ? [...new Set(same.map((row) => row.provider))] : []
    },
  }
}
