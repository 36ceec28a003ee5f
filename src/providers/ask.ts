import { fetchJson, fetchText, type HttpOptions, type TextAnswer } from '../http/index.js'
import { ProviderFault } from './provider-fault.js'
import type { ProviderConnection } from './provider-facts.js'

/** Longest time of one request, and of everything that one provider is asked for a list. */
const REQUEST_S = 2.5
const PROVIDER_S = 4

/** Requests to one provider that share its time: each gets what is left of it. */
export class Ask {
  readonly url: string
  readonly #connection: ProviderConnection
  readonly #signal: AbortSignal | undefined
  readonly #deadline: number

  constructor(connection: ProviderConnection, signal?: AbortSignal, limitS = PROVIDER_S) {
    const url = connection.urls[0]
    if (url === undefined) {
      const what = connection.facts.url_variable ?? 'The configured address'
      throw new ProviderFault('bad_address', `${what} is not an address that can be asked`)
    }
    this.url = url
    this.#connection = connection
    this.#signal = signal
    this.#deadline = performance.now() + limitS * 1000
  }

  /** Name for people of a server that was recognised. */
  serverName(id: string): string {
    return this.#connection.server_names.get(id) ?? id
  }

  get remaining_s(): number {
    return Math.max(0, (this.#deadline - performance.now()) / 1000)
  }

  /** The answer of any status as text. */
  text(path: string, options: HttpOptions = {}): Promise<TextAnswer> {
    return fetchText(this.url + path, this.#optionsWith(options))
  }

  /** The JSON of a successful answer. */
  json(path: string, options: HttpOptions = {}): Promise<unknown> {
    return fetchJson(this.url + path, this.#optionsWith(options))
  }

  #optionsWith(options: HttpOptions): HttpOptions {
    const limit = Math.min(options.total_s ?? REQUEST_S, this.remaining_s)
    return {
      header_s: limit,
      idle_s: limit,
      ...options,
      total_s: limit,
      ...addressed(this.#connection, this.#signal),
    }
  }
}

/** Options for what may take long: loading a model, downloading one. */
export function patient(connection: ProviderConnection, limitS: number, signal?: AbortSignal): HttpOptions {
  return {
    header_s: limitS,
    idle_s: limitS,
    total_s: limitS,
    ...addressed(connection, signal),
  }
}

function addressed({ token, are_default }: ProviderConnection, signal?: AbortSignal): HttpOptions {
  return {
    either_loopback: are_default,
    ...(token === undefined ? {} : { token }),
    ...(signal === undefined ? {} : { signal }),
  }
}
