import { fetchJson } from '../http/index.js'
import { Ask, patient } from './ask.js'
import { fieldOf, listOf, textOf } from './json-fields.js'
import { errorText } from './parse-items.js'
import { ProviderFault } from './provider-fault.js'
import type { ProviderConnection } from './provider-facts.js'
import type { CompletionOptions } from './provider.js'

const LOAD_S = 120

/**
 * One token through an OpenAI-style API.
 *
 * @returns The model that answered: LM Studio serves a wrong name with whatever is loaded.
 * @throws {ProviderFault | HttpFailure}
 */
export async function chatCompletion(
  connection: ProviderConnection,
  model: string,
  options: CompletionOptions,
): Promise<string> {
  const { url } = new Ask(connection)
  const json = { model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1, stream: false }
  const limits = patient(connection, options.limit_s ?? LOAD_S, options.signal)
  const answer = await fetchJson(`${url}/v1/chat/completions`, { ...limits, method: 'POST', json })
  const error = errorText(answer)
  if (error !== null) throw new ProviderFault('http_error', `${connection.facts.name}: ${error}`)
  if (!listOf(fieldOf(answer, 'choices'))?.length) {
    throw new ProviderFault('bad_output', `${connection.facts.name} did not answer with a completion`)
  }
  return textOf(fieldOf(answer, 'model')) ?? model
}
