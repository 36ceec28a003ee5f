import { findBuild, getModel, isModelId, listModels } from '../../catalog/index.js'
import type { ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { memoryOfBuild, planPlacement } from '../../memory/index.js'
import type { Placement } from '../../memory/index.js'
import type { ProviderReport } from '../../providers/index.js'
import { contextKey, enrichModel, memoryOfProvided, toInstalledModel } from '../../registry/index.js'
import type { InstalledModel, RegistryModel, ResolveName } from '../../registry/index.js'
import { sizeGb } from './gigabytes.js'

export interface RegistryFacts {
  reports: readonly ProviderReport[]
  machine: Machine
  resolve: ResolveName
  /** Saved context lengths by key. */
  contexts: ReadonlyMap<string, number>
}

/** The body of `/registry`: what the providers hold, with what the catalog adds; embedding models are left out. */
export function registryAnswer(facts: RegistryFacts, options: { tool_capable_only: boolean }) {
  const models = facts.reports
    .flatMap((report) => report.models.map((provided) => enrich(provided, report, facts)))
    .filter((row) => row.kind !== 'embedding' && (!options.tool_capable_only || row.tools === true))
    .map(toWire)
  return {
    models,
    count: models.length,
    providers: facts.reports.filter(({ status }) => status === 'running').map(({ id }) => id),
    tool_capable_families: familiesByTier(),
    problems: facts.reports.flatMap(({ problems }) => problems),
  }
}

function enrich(
  provided: ProviderReport['models'][number],
  report: ProviderReport,
  { machine, resolve, contexts }: RegistryFacts,
): RegistryModel<Placement> {
  const row = toInstalledModel(provided, report.id, resolve)
  const catalog = row.model !== null && isModelId(row.model) ? getModel(row.model) : undefined
  return enrichModel(row, {
    catalog,
    provided,
    saved: contexts.get(contextKey(row.name, resolve)),
    forecast: (model, tokens) => forecast({ catalog, provided, model, tokens }, machine),
  })
}

interface Forecast {
  catalog: ModelRow | undefined
  provided: ProviderReport['models'][number]
  model: InstalledModel
  tokens: number
}

/** Of the catalog's build; of a file that it does not list, by its size and the shape of the model. */
function forecast({ catalog, provided, model, tokens }: Forecast, machine: Machine): Placement | null {
  const build = catalog && model.quantization !== null ? findBuild(catalog, model.quantization) : undefined
  const file = { ...provided, quantization: model.quantization }
  const memory =
    catalog && build
      ? memoryOfBuild(catalog.architecture, build)
      : memoryOfProvided(file, catalog?.architecture)
  return memory && planPlacement(memory, { context: tokens }, machine)
}

function toWire(row: RegistryModel<Placement>) {
  return {
    name: row.name,
    provider: row.provider,
    tier: row.tier,
    size_gb: row.size_bytes === null ? null : sizeGb(row.size_bytes),
    context_window: row.context.tokens,
    max_context: row.context_limits.max,
    quantization: row.quantization,
    capabilities: { tools: row.tools === true, streaming: true, vision: row.vision === true },
    description: row.description,
    model: row.model,
    family: row.family,
    kind: row.kind,
    size_bytes: row.size_bytes,
    size_basis: row.size_basis,
    local: row.local,
    loaded: row.loaded,
    context_length: row.context_length,
    context_source: row.context.source,
    fit: row.fit && {
      fit: row.fit.fit,
      needed_bytes: row.fit.needed_bytes,
      available_bytes: row.fit.available_bytes,
    },
  }
}

/** Families whose models call tools, under the best tier that one of them has. */
function familiesByTier() {
  const families: Record<ModelRow['tier'], Set<string>> = {
    verified: new Set(),
    compatible: new Set(),
    experimental: new Set(),
  }
  const capable = listModels().filter((model) => model.tools === true)
  for (const tier of ['verified', 'compatible', 'experimental'] as const) {
    for (const { family } of capable.filter((model) => model.tier === tier)) {
      const better = families.verified.has(family) || families.compatible.has(family)
      if (!better || families[tier].has(family)) families[tier].add(family)
    }
  }
  return {
    verified: [...families.verified],
    compatible: [...families.compatible],
    experimental: [...families.experimental],
  }
}
