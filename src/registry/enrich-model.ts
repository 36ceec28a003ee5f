import type { ModelRow } from '../../generated/types.js'
import type { ProviderModel } from '../providers/index.js'
import { chooseContext, type ChosenContext, type ContextLimits } from './contexts/choose-context.js'
import type { InstalledModel } from './list-installed.js'

/** What the catalog adds to an installed model. */
export type CatalogFacts = Pick<
  ModelRow,
  'id' | 'name' | 'family' | 'tier' | 'tools' | 'description' | 'context' | 'modalities' | 'builds'
>

/** An installed model with everything that a list for people needs. */
export interface RegistryModel<Fit> extends InstalledModel {
  family: string | null
  tier: ModelRow['tier']
  /** Whether its template supports tools; `null` where nobody says. */
  tools: boolean | null
  vision: boolean | null
  description: string
  /** Context to load it with, and why. */
  context: ChosenContext
  context_limits: ContextLimits
  size_basis: 'provider' | 'catalog' | null
  /** `null` where memory cannot be forecast. */
  fit: Fit | null
}

export interface EnrichContext<Fit> {
  catalog: CatalogFacts | undefined
  /** As the provider describes it. */
  provided: ProviderModel
  /** The user's saved context length. */
  saved?: number | undefined
  /** Forecasts memory at a context length; called for local models only. */
  forecast?: (model: InstalledModel, tokens: number) => Fit | null
}

/** Default and maximum: what the provider says of these very files beats the catalog. */
export function contextLimitsOf(
  provided: Pick<ProviderModel, 'max_context_length'> | undefined,
  catalog: Pick<CatalogFacts, 'context'> | undefined,
): ContextLimits {
  return {
    default: catalog?.context.default ?? null,
    max: provided?.max_context_length ?? catalog?.context.max ?? null,
  }
}

function sizeOf(
  model: InstalledModel,
  catalog: CatalogFacts | undefined,
): Pick<RegistryModel<never>, 'size_bytes' | 'size_basis'> {
  if (model.size_bytes !== null) return { size_bytes: model.size_bytes, size_basis: 'provider' }
  const build = catalog?.builds.find((each) => each.quantization === model.quantization)
  if (!model.local || build === undefined) return { size_bytes: null, size_basis: null }
  return { size_bytes: build.bytes, size_basis: 'catalog' }
}

function describe(model: InstalledModel, provided: ProviderModel): string {
  const billions =
    provided.parameters === null ? null : `${Number((provided.parameters / 1e9).toFixed(1))} B parameters`
  const facts = [billions, model.quantization, model.local ? null : 'runs in the cloud'].filter(
    (fact) => fact !== null,
  )
  return facts.length === 0 ? 'Not in the catalog' : `Not in the catalog: ${facts.join(', ')}`
}

/**
 * A row with tier, tools, description, context and fit. Tier and description come from the catalog; a model outside
 * of it gets what the provider knows, and the tier `experimental`.
 */
export function enrichModel<Fit>(model: InstalledModel, context: EnrichContext<Fit>): RegistryModel<Fit> {
  const { catalog, provided } = context
  const limits = contextLimitsOf(provided, catalog)
  const chosen = chooseContext({ saved: context.saved }, limits)
  return {
    ...model,
    ...sizeOf(model, catalog),
    family: catalog?.family ?? null,
    tier: catalog?.tier ?? 'experimental',
    tools: catalog?.tools ?? provided.tools,
    vision: provided.vision ?? (catalog === undefined ? null : catalog.modalities.includes('image_in')),
    description: catalog?.description ?? describe(model, provided),
    context: chosen,
    context_limits: limits,
    fit: model.local && context.forecast ? context.forecast(model, chosen.tokens) : null,
  }
}
