import { listModels, loadDetails, loadGguf } from '../catalog/index.js'
import { buildNameIndex, nameFactsFromTables, resolveName } from '../names/index.js'
import type { ResolvedName } from '../names/index.js'

export type Resolver = (name: string) => ResolvedName

let resolver: Promise<Resolver> | undefined

/** The resolver over the whole catalog; its tables are loaded once, on first use. */
export function loadResolver(): Promise<Resolver> {
  resolver ??= buildResolver()
  return resolver
}

async function buildResolver(): Promise<Resolver> {
  const [details, gguf] = await Promise.all([loadDetails(), loadGguf()])
  const index = buildNameIndex(nameFactsFromTables(listModels(), details, gguf))
  return (name) => resolveName(index, name)
}
