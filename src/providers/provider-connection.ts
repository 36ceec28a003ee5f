import { parseOllamaHost } from './parse-ollama-host.js'
import { parseServerUrl } from './parse-server-url.js'
import type { Environment, ProviderConnection, ProviderFacts } from './provider-facts.js'

function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== ''
}

function addressesOf(
  facts: ProviderFacts,
  env: Environment,
): { urls: (string | null)[]; are_default: boolean } {
  const value = facts.url_variable === undefined ? undefined : env[facts.url_variable]
  if (isSet(value)) {
    const url = facts.api_style === 'ollama' ? parseOllamaHost(value) : parseServerUrl(value, facts.port)
    return { urls: [url], are_default: false }
  }
  const ports = [facts.port, ...(facts.other_ports ?? [])]
  return { urls: ports.map((port) => `http://127.0.0.1:${port}`), are_default: true }
}

/** Port 0 is what a server writes for "any free port": nobody can dial it. */
function isDialable(url: string | null): url is string {
  return url !== null && new URL(url).port !== '0'
}

/** A token as a header can hold it; anything else (a line break, a letter beyond ASCII) cannot have been issued. */
function tokenOf(facts: ProviderFacts, env: Environment): string | undefined {
  const value = facts.token_variable === undefined ? undefined : env[facts.token_variable]?.trim()
  return value !== undefined && /^[\x21-\x7e]+$/.test(value) ? value : undefined
}

/** Address and token of a provider as the environment gives them, else its defaults on this machine. */
export function providerConnection(
  facts: ProviderFacts,
  env: Environment,
  table: readonly ProviderFacts[] = [facts],
): ProviderConnection {
  const token = tokenOf(facts, env)
  const { urls, are_default } = addressesOf(facts, env)
  return {
    facts,
    urls: urls.filter(isDialable),
    are_default,
    server_names: new Map(table.map(({ id, name }) => [id, name])),
    ...(token === undefined ? {} : { token }),
  }
}
