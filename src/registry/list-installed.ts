import type {
  ListOptions,
  ProviderId,
  ProviderModel,
  ProviderProblem,
  ProviderReport,
  ProviderStatus,
} from '../providers/index.js'
import { probeProviders, type ProviderSet } from './probe-providers.js'
import type { NameMeaning, ResolveName } from './resolve-name.js'

/** One row of `installed --json`. `null` is unknown. */
export interface InstalledModel {
  /** As the provider spells it; untrusted. */
  name: string
  provider: ProviderId
  /** Catalog id. */
  model: string | null
  quantization: string | null
  kind: 'chat' | 'embedding' | 'unknown'
  size_bytes: number | null
  /** False for a model in somebody's cloud. */
  local: boolean
  loaded: boolean | null
  /** Served now, in tokens. */
  context_length: number | null
  max_context_length: number | null
}

/** The document of `installed --json`. */
export interface Installed {
  models: InstalledModel[]
  providers: { name: ProviderId; url: string; status: ProviderStatus; version: string | null }[]
  problems: ProviderProblem[]
}

/** The first of a model's names that means a catalog model decides; else the first name with a label or a kind. */
function meaningOf(model: ProviderModel, resolve: ResolveName): Omit<NameMeaning, 'confidence'> {
  const meanings = [model.name, ...model.other_names].map(resolve)
  const known = meanings.find((meaning) => meaning.model !== null)
  const sameWeights = meanings.filter((meaning) => meaning.model === null || meaning.model === known?.model)
  return {
    model: known?.model ?? null,
    quantization:
      known?.quantization ?? sameWeights.find((each) => each.quantization !== null)?.quantization ?? null,
    kind: known?.kind ?? sameWeights.find((each) => each.kind !== 'unknown')?.kind ?? 'unknown',
  }
}

/** A provider's model as a row: what the provider states beats what its name says. */
export function toInstalledModel(
  model: ProviderModel,
  provider: ProviderId,
  resolve: ResolveName,
): InstalledModel {
  const meaning = meaningOf(model, resolve)
  return {
    name: model.name,
    provider,
    model: meaning.model,
    quantization: model.quantization ?? meaning.quantization,
    kind: model.kind === 'unknown' ? meaning.kind : model.kind,
    size_bytes: model.local ? model.size_bytes : null,
    local: model.local,
    loaded: model.loaded,
    context_length: model.context_length,
    max_context_length: model.max_context_length,
  }
}

/**
 * The document of `installed --json` from what the providers answered.
 *
 * @param options - `all`: embedding models too.
 */
export function toInstalled(
  reports: readonly ProviderReport[],
  resolve: ResolveName,
  options: { all?: boolean } = {},
): Installed {
  const models = reports.flatMap((report) =>
    report.models.map((model) => toInstalledModel(model, report.id, resolve)),
  )
  return {
    models: models.filter((model) => options.all === true || model.kind !== 'embedding'),
    providers: reports.map(({ id, url, status, version }) => ({ name: id, url, status, version })),
    problems: reports.flatMap((report) => report.problems),
  }
}

export interface ListInstalledOptions extends ListOptions {
  providers: ProviderSet
  /** May still be loading: the providers are asked meanwhile. */
  resolve: ResolveName | Promise<ResolveName>
  /** Asks nobody else. */
  only?: ProviderId
  /** Embedding models too. */
  all?: boolean
}

/**
 * What the local providers hold, all asked at the same time, within 4.5 s whatever they do.
 *
 * @throws Only what the caller's own signal causes.
 */
export async function listInstalled(options: ListInstalledOptions): Promise<Installed> {
  const { providers, resolve, all = false, ...rest } = options
  const [reports, resolveName] = await Promise.all([probeProviders(providers, rest), resolve])
  return toInstalled(reports, resolveName, { all })
}

/** Exit code of `installed`: 0 where a provider answered or none is there, 3 where every one of them failed. */
export function installedExitCode(installed: Installed): 0 | 3 {
  const failed = installed.providers.every(({ status }) => status === 'problem')
  return failed && installed.providers.length > 0 ? 3 : 0
}
