import { InstallQueue } from '../install/queue.js'
import type { Machine } from '../machine.js'
import { PROVIDER_IDS } from '../providers/index.js'
import type { DetectedServer, ProviderId, ProviderReport } from '../providers/index.js'
import { ContextStore, createProbeCache, probeProviders, SettingsFile } from '../registry/index.js'
import type { ProbeCache, ResolveName } from '../registry/index.js'
import { AnswerCache } from './answer-cache.js'
import type { AlmanacPorts, Installer } from './ports.js'
import { isSameMachine } from './same-machine.js'

/** With a probe that hangs for its limit of 4 s, a provider that comes back is seen within 10 s. */
const PROVIDER_AGE_S = 5
/** While requests keep coming, the machine is looked at again before the old answer is too old. */
const REFRESH_AFTER_S = 4

/** What all requests share: one probe of everything, one queue of installs, the answers made from them. */
export class AlmanacState {
  readonly ports: AlmanacPorts
  readonly answers = new AnswerCache()
  readonly settings: SettingsFile
  readonly installer: Installer
  readonly queue: InstallQueue
  readonly #machine: ProbeCache<Machine>
  readonly #detected: ProbeCache<DetectedServer[]>
  readonly #contexts: ProbeCache<ReadonlyMap<string, number>>
  readonly #reports: Readonly<Record<ProviderId, ProbeCache<ProviderReport>>>
  /** Called when the server ends: open streams close themselves. */
  readonly #endings = new Set<() => void>()

  constructor(ports: AlmanacPorts) {
    this.ports = ports
    this.settings = new SettingsFile(ports.home)
    const ages = { max_age_s: PROVIDER_AGE_S }
    this.#machine = createProbeCache((signal) => ports.probeMachine(signal), {
      refresh_after_s: REFRESH_AFTER_S,
      isSame: isSameMachine,
    })
    this.#detected = createProbeCache((signal) => ports.detectServers(signal), ages)
    this.#contexts = createProbeCache(async () => (await this.settings.read()).contexts, ages)
    const cacheOf = (id: ProviderId) => createProbeCache((signal) => probeOne(ports, id, signal), ages)
    this.#reports = {
      ollama: cacheOf('ollama'),
      lmstudio: cacheOf('lmstudio'),
      'llama-server': cacheOf('llama-server'),
    }
    this.installer = ports.createInstaller({
      machine: () => this.machine(),
      reports: () => this.reports(),
    })
    this.queue = new InstallQueue(async (model, provider, context) => {
      try {
        await this.installer.run(model, provider, context)
      } finally {
        this.providersChanged()
      }
    })
  }

  async machine(): Promise<Machine> {
    return (await this.#machine.get()).value
  }

  async report(id: ProviderId): Promise<ProviderReport> {
    return (await this.#reports[id].get()).value
  }

  /** Reports of all providers, or of one, in their order. */
  reports(only?: ProviderId): Promise<ProviderReport[]> {
    const ids = PROVIDER_IDS.filter((id) => only === undefined || id === only)
    return Promise.all(ids.map((id) => this.report(id)))
  }

  async detected(): Promise<DetectedServer[]> {
    return (await this.#detected.get()).value
  }

  resolver(): Promise<ResolveName> {
    return this.ports.loadResolver()
  }

  async contexts(): Promise<ContextStore> {
    return new ContextStore(this.settings, await this.resolver())
  }

  /** Saved context lengths by key. */
  async savedContexts(): Promise<ReadonlyMap<string, number>> {
    return (await this.#contexts.get()).value
  }

  contextsChanged(): void {
    this.#contexts.clear()
  }

  /** Something was installed, removed or loaded. */
  providersChanged(): void {
    for (const id of PROVIDER_IDS) this.#reports[id].clear()
  }

  /** Calls `end` when the server stops. @returns What takes it back. */
  onEnd(end: () => void): () => void {
    this.#endings.add(end)
    return () => void this.#endings.delete(end)
  }

  /** Ends streams, probes and installs; what was downloaded stays and resumes. */
  async close(): Promise<void> {
    const installs = this.queue.close()
    for (const end of [...this.#endings]) end()
    this.#machine.close()
    this.#detected.close()
    for (const id of PROVIDER_IDS) this.#reports[id].close()
    await installs
  }
}

/** What the catalog lists is known; of other models memory is forecast by what the provider shows of them. */
async function probeOne(ports: AlmanacPorts, id: ProviderId, signal: AbortSignal): Promise<ProviderReport> {
  const resolve = await ports.loadResolver()
  const wantsDetails = ({ name }: { name: string }) => resolve(name).model === null
  const [report] = await probeProviders(ports.providers, { only: id, signal, wantsDetails })
  if (!report) throw new TypeError(`no report of ${id}`)
  return report
}
