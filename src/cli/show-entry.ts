import { fileUrl, getQuantization } from '../catalog/index.js'
import type { BuildRow, GgufRow, loadDetails, ModelRow } from '../catalog/index.js'
import { TIER_RULE } from '../../generated/tiers.js'
import { computeTier } from '../tiers/index.js'
import { toListEntry } from './list-entry.js'

type Details = Awaited<ReturnType<typeof loadDetails>>[ModelRow['id']]

/** One entry of `show --json` but for its builds. */
export function toShowEntry(model: ModelRow, details: Details) {
  const decidedBy = computeTier({ ...model, evidence: details.evidence }, TIER_RULE).decided_by
  return {
    ...toListEntry(model),
    description: model.description,
    licence: model.licence,
    release: model.release,
    architecture: model.architecture,
    context: model.context,
    modalities: model.modalities,
    thinking: model.thinking,
    tool_call_format: model.tool_call_format ?? null,
    repo: details.repo ?? null,
    aliases: details.aliases,
    quality: details.quality ?? null,
    sources: details.sources,
    tier_reason: details.tier_reason,
    evidence: details.evidence.map((item) => ({
      ...item,
      metric: item.metric ?? null,
      value: item.value ?? null,
      decided: decidedBy.includes(item),
    })),
  }
}

export type ShowEntry = ReturnType<typeof toShowEntry> & { builds: BuildEntry[] }
export type BuildEntry = ReturnType<typeof toBuildEntry>

/** A build with its files, as `show` gives it; `row` holds what is loaded on use. */
export function toBuildEntry(build: BuildRow, row: GgufRow | undefined) {
  const quantization = getQuantization(build.quantization)
  const repo = row?.repo
  return {
    quantization: build.quantization,
    default: build.default,
    bytes: build.bytes,
    bytes_basis: build.bytes_basis,
    repo: repo ?? null,
    ...(row?.revision === undefined ? {} : { revision: row.revision }),
    files: (row?.files ?? []).map((file) => ({
      name: file.name,
      bytes: file.bytes ?? null,
      sha256: file.sha256 ?? null,
      url: repo === undefined ? null : fileUrl(repo, file.name, row?.revision),
    })),
    ollama_tag: build.ollama_tag ?? null,
    ollama_aliases: row?.ollama_aliases ?? [],
    quality: quantization.quality,
    quality_label: quantization.quality_label,
    source: row?.source ?? null,
  }
}
