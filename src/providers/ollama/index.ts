import { act } from '../act.js'
import { Ask, patient } from '../ask.js'
import { fetchJson, fetchText, statusFailure } from '../../http/index.js'
import { fieldOf, textOf } from '../json-fields.js'
import { emptyReport, reportFaults } from '../list-report.js'
import { errorText } from '../parse-items.js'
import { ProviderFault } from '../provider-fault.js'
import type { ProviderConnection } from '../provider-facts.js'
import type { CompletionOptions, ListOptions, Provider, ProviderReport } from '../provider.js'
import { listOllama } from './list-ollama.js'
import type { OllamaShow } from './parse-show.js'
import { parseTags } from './parse-tags.js'
import { pullModel, type PullEvent } from './pull-model.js'
import { fetchShow, ShowCache } from './show-models.js'

const DELETE_S = 30
const LOAD_S = 120

/** Ollama behind the port of all providers, and what only it can do. */
export class OllamaProvider implements Provider {
  readonly id = 'ollama'
  readonly name: string
  readonly url: string
  readonly #connection: ProviderConnection
  readonly #shows = new ShowCache()

  constructor(connection: ProviderConnection) {
    this.#connection = connection
    const { name, url } = emptyReport('ollama', connection)
    this.name = name
    this.url = url
  }

  list(options: ListOptions = {}): Promise<ProviderReport> {
    return reportFaults(this.id, this.#connection, async () =>
      listOllama(new Ask(this.#connection, options.signal), this.#shows, options),
    )
  }

  /** Details of one model: its GGUF header, capabilities, the context its Modelfile asks for. @throws {AlmanacError} */
  async show(name: string, signal?: AbortSignal): Promise<OllamaShow> {
    return act(this.#connection, () => fetchShow(new Ask(this.#connection, signal), name, 2.5))
  }

  /**
   * Removes the model of exactly this name, as the list spells it (`llama3.2` is not `llama3.2:latest` here: Ollama
   * would complete the name by itself).
   *
   * @throws {AlmanacError} Also where no model has that name.
   */
  async deleteModel(name: string, signal?: AbortSignal): Promise<void> {
    await act(this.#connection, async () => {
      const ask = new Ask(this.#connection, signal)
      const models = parseTags(await ask.json('/api/tags'))
      if (!models.some((model) => model.name === name)) {
        throw new ProviderFault(
          'http_error',
          `Ollama has no model of that name`,
          'See `llm-almanac installed`',
        )
      }
      const url = `${ask.url}/api/delete`
      const options = {
        ...patient(this.#connection, DELETE_S, signal),
        method: 'DELETE',
        json: { model: name, name },
      }
      const answer = await fetchText(url, { ...options, method: 'DELETE' })
      if (answer.status !== 200) throw statusFailure(url, answer)
    })
  }

  pull(name: string, signal?: AbortSignal): AsyncGenerator<PullEvent, void, undefined> {
    return pullModel(this.#connection, name, signal)
  }

  tinyCompletion(model: string, options: CompletionOptions = {}): Promise<string> {
    return act(this.#connection, async () => {
      const { url } = new Ask(this.#connection)
      const context = options.context_length === undefined ? {} : { num_ctx: options.context_length }
      const json = { model, prompt: 'Hi', stream: false, options: { num_predict: 1, ...context } }
      const limits = patient(this.#connection, options.limit_s ?? LOAD_S, options.signal)
      const answer = await fetchJson(`${url}/api/generate`, { ...limits, method: 'POST', json })
      const error = errorText(answer)
      if (error !== null) throw new ProviderFault('http_error', `Ollama: ${error}`)
      const served = textOf(fieldOf(answer, 'model'))
      if (served === null) throw new ProviderFault('bad_output', 'Ollama did not answer with a completion')
      return served
    })
  }
}
