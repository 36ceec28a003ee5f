import type { Build, FamilyFile, ModelFile } from '../../generated/authored.js'
import type {
  BuildRow,
  DetailRow,
  GgufRow,
  GpuRow,
  ModelRow,
  ProviderRow,
  QuantizationRow,
  TierRow,
  TierRule,
} from '../../generated/types.js'
import { computeTier } from '../../src/tiers/index.js'
import { parseShown, resolveBytes } from './build-bytes.js'
import { compareText, sortedBy } from './order.js'
import type { ModelEntry, Sources } from './sources.js'

export interface ResolvedModel {
  row: ModelRow
  gguf: GgufRow[]
  detail: DetailRow
}

export interface ResolvedFamily {
  id: string
  family: FamilyFile
  models: ResolvedModel[]
}

/** Everything that the tables and the documentation are made of, in their order. */
export interface Catalog {
  families: ResolvedFamily[]
  models: ResolvedModel[]
  quantizations: readonly QuantizationRow[]
  tiers: TierRow[]
  rule: TierRule
  providers: ProviderRow[]
  default_context: number
  usual_context: number
  gpus: GpuRow[]
}

/** Joins the checked files into rows: ids from paths, family facts, defaults, sizes and tiers; sorted. */
export function resolveCatalog(sources: Sources): Catalog {
  const { quantizations, tiers, providers } = sources
  if (!quantizations || !tiers || !providers) throw new TypeError('a catalog with errors cannot be resolved')
  const resolver: Resolver = {
    sources,
    rule: tiers.data.rule,
    usualContext: providers.data.usual_context,
    order: quantizations.data.quantizations as QuantizationRow[],
    formerIds: formerIds(sources),
  }
  const current = sources.models.filter((entry) => entry.data.moved_to === undefined)
  const models = sortedBy(current, (entry) => entry.id).map((entry) => resolveModel(entry, resolver))
  const byFamily = groupByFamily(models)
  const families = sortedBy(sources.families.values(), (entry) => entry.id).map(({ id, data }) => ({
    id,
    family: data,
    models: byFamily.get(id) ?? [],
  }))
  const gpus = sources.gpus.flatMap((entry) =>
    entry.data.gpus.map((gpu) => ({ ...gpu, vendor: entry.id }) as GpuRow),
  )
  return {
    families,
    models,
    quantizations: resolver.order,
    tiers: tiers.data.tiers as TierRow[],
    rule: tiers.data.rule,
    providers: providers.data.providers as ProviderRow[],
    default_context: providers.data.default_context,
    usual_context: providers.data.usual_context,
    gpus: sortedBy(gpus, (gpu) => gpu.id),
  }
}

function groupByFamily(models: readonly ResolvedModel[]): Map<string, ResolvedModel[]> {
  const groups = new Map<string, ResolvedModel[]>()
  for (const model of models) {
    const group = groups.get(model.row.family)
    if (group) group.push(model)
    else groups.set(model.row.family, [model])
  }
  return groups
}

interface Resolver {
  sources: Sources
  rule: TierRule
  usualContext: number
  order: readonly QuantizationRow[]
  /** Ids that have moved, by the id they lead to. */
  formerIds: ReadonlyMap<string, readonly string[]>
}

function formerIds({ models }: Sources): Map<string, string[]> {
  const former = new Map<string, string[]>()
  for (const { id, data } of models)
    if (data.moved_to !== undefined) former.set(data.moved_to, [...(former.get(data.moved_to) ?? []), id])
  return former
}

function resolveModel(entry: ModelEntry, resolver: Resolver): ResolvedModel {
  const family = resolver.sources.families.get(entry.family)?.data
  if (!family) throw new TypeError(`${entry.id} has no family`)
  const places = new Map(resolver.order.map((row, index) => [row.id as string, index]))
  const builds = [...(entry.data.builds ?? [])].sort(
    (a, b) => (places.get(a.quantization) ?? 0) - (places.get(b.quantization) ?? 0),
  )
  const decision = computeTier(entry.data, resolver.rule)
  return {
    row: {
      ...factsOf(entry, family, resolver.usualContext),
      tier: decision.tier,
      ...qualityOf(entry.data),
      builds: builds.map((build) => buildRow(entry.data, build, resolver)),
    } as ModelRow,
    gguf: builds.map(ggufRow),
    detail: detailRow(entry, family, {
      reason: decision.reason,
      former: resolver.formerIds.get(entry.id) ?? [],
    }),
  }
}

/** The fields of a row that are facts of the model or of its family. */
function factsOf(
  { id, family: familyId, data }: ModelEntry,
  family: FamilyFile,
  usualContext: number,
): object {
  const format = data.tool_call_format ?? family.tool_call_format
  return {
    id,
    family: familyId,
    name: data.name,
    publisher: data.publisher ?? family.publisher,
    licence: data.licence ?? family.licence,
    release: data.release,
    kind: data.kind,
    description: data.description ?? family.description,
    parameters: data.parameters,
    ...present({ active_parameters: data.active_parameters }),
    architecture: data.architecture,
    context: contextOf(data, usualContext),
    modalities: data.modalities,
    thinking: data.thinking,
    tools: data.tools,
    ...present({ tool_call_format: format }),
  }
}

function contextOf({ context }: ModelFile, usual: number): ModelRow['context'] {
  const { max, extended } = context
  return {
    max,
    default: context.default ?? Math.min(max, usual),
    ...(extended && { extended: { max: extended.max, method: extended.method } }),
  }
}

function qualityOf({ quality }: ModelFile): Pick<ModelRow, 'quality'> {
  if (!quality) return {}
  const { index, standard_error, basis, mode, thinking_on, thinking_off } = quality
  return { quality: { index, standard_error, basis, ...present({ mode, thinking_on, thinking_off }) } }
}

function buildRow(model: ModelFile, build: Build, { order }: Resolver): BuildRow {
  const quantization = order.find((row) => row.id === build.quantization)
  if (!quantization) throw new TypeError(`no quantization ${build.quantization}`)
  const shown = build.projector?.bytes_shown
  const projector = build.projector?.bytes ?? (shown === undefined ? undefined : parseShown(shown)?.bytes)
  return {
    quantization: quantization.id,
    ...resolveBytes(model.architecture, model.parameters, build, quantization),
    default: build.default ?? false,
    ...present({ ollama_tag: build.ollama_tag, projector_bytes: projector }),
  }
}

function ggufRow(build: Build): GgufRow {
  const { repo, revision, ollama_tag, ollama_aliases, ollama_bytes, ollama_sha256, projector } = build
  return {
    quantization: build.quantization as GgufRow['quantization'],
    ...present({ repo, revision }),
    files: (build.files ?? []).map(({ name, bytes, sha256 }) => ({ name, ...present({ bytes, sha256 }) })),
    ...present({ ollama_tag, ollama_aliases, ollama_bytes, ollama_sha256 }),
    ...(projector && { projector: { name: projector.name, ...present({ bytes: projector.bytes }) } }),
    source: build.source,
  }
}

function detailRow(
  { data }: ModelEntry,
  family: FamilyFile,
  { reason, former }: { reason: string; former: readonly string[] },
): DetailRow {
  const { repo, note, quality } = data
  return {
    ...present({ repo }),
    aliases: [...(data.aliases ?? []), ...former].sort(compareText),
    tier_reason: reason,
    evidence: data.evidence ?? [],
    ...present({ quality }),
    sources: [...data.sources, ...family.sources],
    ...present({ context_default_source: data.context.default_source, note }),
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that are known: unknown is absent, not `undefined`. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>
}
