/** What the catalog knows of a provider: one row of its table of providers. */
export interface ProviderFacts {
  id: string
  name: string
  api_style: 'ollama' | 'lmstudio' | 'openai'
  port: number
  other_ports?: readonly number[]
  /** Environment variable with its address. */
  url_variable?: string
  /** Environment variable with its token. */
  token_variable?: string
  /** True where llm-almanac can list, install and remove models; false: only recognised. */
  managed: boolean
  start_hint?: string
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Where to ask a provider, and as whom. */
export interface ProviderConnection {
  facts: ProviderFacts
  /** First the preferred address; empty where the configured one cannot be parsed. */
  urls: readonly string[]
  /** Whether they are the defaults: then a server on either loopback address is meant. */
  are_default: boolean
  /** Names of all servers of the table by id, to say who answers at an address. */
  server_names: ReadonlyMap<string, string>
  /** For these addresses only. */
  token?: string
}
