import type { Ask } from './ask.js'
import { ProviderFault } from './provider-fault.js'
import { recogniseServer } from './recognise-server.js'

/** Longest time spent on naming a server that is not the one looked for. */
const NAMING_S = 1

async function bodyOf(ask: Ask, path: string): Promise<string> {
  return ask.text(path, { total_s: NAMING_S }).then(
    (answer) => answer.text,
    () => '',
  )
}

/** The fault of an address where something else answers, with its name where its bodies give it away. */
export async function notThisProvider(
  ask: Ask,
  name: string,
  bodies: readonly string[],
): Promise<ProviderFault> {
  const recognised = (texts: readonly string[]): string | undefined =>
    texts.map(recogniseServer).find((id) => id !== null) ?? undefined
  const id =
    recognised(bodies) ?? recognised(await Promise.all([bodyOf(ask, '/v1/models'), bodyOf(ask, '/')]))
  const who = id === undefined ? 'Another server' : ask.serverName(id)
  return new ProviderFault('not_this_provider', `${who} answers at ${ask.url}, not ${name}`)
}
