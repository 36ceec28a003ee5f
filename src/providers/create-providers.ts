import { LlamaServerProvider } from './llama-server/index.js'
import { LmStudioProvider } from './lmstudio/index.js'
import { OllamaProvider } from './ollama/index.js'
import { providerConnection } from './provider-connection.js'
import type { Environment, ProviderFacts } from './provider-facts.js'

/** The providers that llm-almanac manages, by id, in the order in which they are listed. */
export interface Providers {
  ollama: OllamaProvider
  lmstudio: LmStudioProvider
  'llama-server': LlamaServerProvider
}

/**
 * The managed providers at the addresses that the environment gives. Nothing is asked yet.
 *
 * @param table Rows of the catalog's table of providers; the three managed ones must be in it.
 * @throws {RangeError} Where one of them is missing: the table is damaged.
 */
export function createProviders(table: readonly ProviderFacts[], env: Environment): Providers {
  const connectionOf = (id: string): ReturnType<typeof providerConnection> => {
    const facts = table.find((row) => row.id === id)
    if (!facts) throw new RangeError(`the table of providers has no ${id}`)
    return providerConnection(facts, env, table)
  }
  return {
    ollama: new OllamaProvider(connectionOf('ollama')),
    lmstudio: new LmStudioProvider(connectionOf('lmstudio')),
    'llama-server': new LlamaServerProvider(connectionOf('llama-server')),
  }
}
