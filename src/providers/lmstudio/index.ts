import { act } from '../act.js'
import { Ask } from '../ask.js'
import { chatCompletion } from '../chat-completion.js'
import { emptyReport, reportFaults } from '../list-report.js'
import type { ProviderConnection } from '../provider-facts.js'
import type { CompletionOptions, ListOptions, Provider, ProviderReport } from '../provider.js'
import { fetchDownloadStatus, startDownload, type LmStudioDownload } from './download.js'
import { listLmStudio } from './list-lmstudio.js'

/** LM Studio behind the port of all providers, and its downloads. Its API cannot remove a model. */
export class LmStudioProvider implements Provider {
  readonly id = 'lmstudio'
  readonly name: string
  readonly url: string
  readonly #connection: ProviderConnection

  constructor(connection: ProviderConnection) {
    this.#connection = connection
    const { name, url } = emptyReport('lmstudio', connection)
    this.name = name
    this.url = url
  }

  list(options: ListOptions = {}): Promise<ProviderReport> {
    return reportFaults(this.id, this.#connection, async () =>
      listLmStudio(new Ask(this.#connection, options.signal)),
    )
  }

  tinyCompletion(model: string, options: CompletionOptions = {}): Promise<string> {
    return act(this.#connection, () => chatCompletion(this.#connection, model, options))
  }

  /** `already_downloaded` has no job; otherwise ask `downloadStatus` with `job_id`. @throws {AlmanacError} */
  startDownload(
    request: { model: string; quantization?: string },
    signal?: AbortSignal,
  ): Promise<LmStudioDownload> {
    return act(this.#connection, () => startDownload(this.#connection, request, signal))
  }

  downloadStatus(jobId: string, signal?: AbortSignal): Promise<LmStudioDownload> {
    return act(this.#connection, () => fetchDownloadStatus(this.#connection, jobId, signal))
  }
}
