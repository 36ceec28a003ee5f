/** What is here: installed models of all providers, enriched; saved contexts; the selected model. */
export {
  checkContext,
  chooseContext,
  FALLBACK_CONTEXT,
  type ChosenContext,
  type ContextLimits,
} from './contexts/choose-context.js'
export { contextKey } from './contexts/context-key.js'
export { ContextStore, type ContextState, type NamedContext } from './contexts/context-store.js'
export { contextLimitsOf, enrichModel, type CatalogFacts, type RegistryModel } from './enrich-model.js'
export { findInstalled } from './find-installed.js'
export { almanacHome } from './home.js'
export {
  installedExitCode,
  listInstalled,
  toInstalled,
  toInstalledModel,
  type Installed,
  type InstalledModel,
  type ListInstalledOptions,
} from './list-installed.js'
export { createProbeCache, MAX_AGE_S, type CachedAnswer, type ProbeCache } from './probe-cache.js'
export { probeProviders, type ProviderSet } from './probe-providers.js'
export { memoryOfProvided } from './provided-memory.js'
export type { NameMeaning, ResolveName } from './resolve-name.js'
export { SettingsFile, type SettingsAnswer } from './settings-file.js'
export type { SelectedModel, Settings, SettingsChange } from './settings.js'
export { switchModel, type SwitchPorts } from './switch-model.js'
