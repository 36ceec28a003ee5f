/** Local servers that hold models, behind one port. Adapters only: no catalog, no use case. */
export { createProviders, type Providers } from './create-providers.js'
export { detectServers, type DetectedServer } from './detect-servers.js'
export { UnsupportedDownload, type LmStudioDownload } from './lmstudio/download.js'
export type { OllamaShow } from './ollama/parse-show.js'
export type { PullEvent } from './ollama/pull-model.js'
export { parseOllamaHost } from './parse-ollama-host.js'
export { parseServerUrl } from './parse-server-url.js'
export type { Environment, ProviderFacts } from './provider-facts.js'
export { ProviderFault } from './provider-fault.js'
export {
  PROVIDER_IDS,
  type CompletionOptions,
  type ListOptions,
  type Provider,
  type ProviderId,
  type ProviderModel,
  type ProviderProblem,
  type ProviderProblemKind,
  type ProviderReport,
  type ProviderStatus,
} from './provider.js'
export { recogniseServer } from './recognise-server.js'
