import { act } from '../act.js'
import { Ask } from '../ask.js'
import { chatCompletion } from '../chat-completion.js'
import { emptyReport, reportFaults } from '../list-report.js'
import type { ProviderConnection } from '../provider-facts.js'
import type { CompletionOptions, ListOptions, Provider, ProviderReport } from '../provider.js'
import { listLlamaServer } from './list-llama-server.js'

/** llama-server behind the port of all providers. Where no address is set, all of its default ports are tried. */
export class LlamaServerProvider implements Provider {
  readonly id = 'llama-server'
  readonly name: string
  #url: string
  readonly #connection: ProviderConnection

  constructor(connection: ProviderConnection) {
    this.#connection = connection
    const { name, url } = emptyReport('llama-server', connection)
    this.name = name
    this.#url = url
  }

  /** The address that answered last, else the first one. */
  get url(): string {
    return this.#url
  }

  async list(options: ListOptions = {}): Promise<ProviderReport> {
    const urls = this.#connection.urls.length > 0 ? this.#connection.urls : [undefined]
    const reports = await Promise.all(urls.map((url) => this.#listAt(url, options)))
    const best = reports.toSorted((a, b) => usefulness(b) - usefulness(a))[0]
    if (best === undefined) throw new RangeError('a provider has at least one report')
    this.#url = best.url
    return best
  }

  tinyCompletion(model: string, options: CompletionOptions = {}): Promise<string> {
    const connection = this.#at(this.#url)
    return act(connection, () => chatCompletion(connection, model, options))
  }

  #at(url: string | undefined): ProviderConnection {
    return { ...this.#connection, urls: url === undefined || url === '' ? [] : [url] }
  }

  #listAt(url: string | undefined, options: ListOptions): Promise<ProviderReport> {
    const connection = this.#at(url)
    return reportFaults(this.id, connection, async () => listLlamaServer(new Ask(connection, options.signal)))
  }
}

/** A running server beats one that wants something, that beats a stranger on the port, that beats nobody. */
function usefulness(report: ProviderReport): number {
  return { running: 4, loading: 3, needs_token: 2, problem: 1, not_running: 0 }[report.status]
}
