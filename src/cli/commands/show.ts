import {
  findBuild,
  fileUrl,
  getQuantization,
  loadDetails,
  loadGguf,
  splitBuildSpec,
} from '../../catalog/index.js'
import type { BuildRow, GgufRow, ModelRow } from '../../catalog/index.js'
import { AlmanacError } from '../../errors.js'
import { TIER_RULE } from '../../../generated/tiers.js'
import { computeTier } from '../../tiers/index.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { findNamedBuild, findNamedModel } from '../find-build.js'
import { printJson } from '../print-json.js'
import { describeModel } from '../show-text.js'
import { toListEntry } from './models.js'

export const showCommand: Command = {
  name: 'show',
  arguments: 'MODEL[@QUANT]',
  summary:
    'show one model: what it is, its builds with sizes and files, the evidence behind its tier, its sources',
  options: { json: JSON_OPTION },
  examples: [
    'llm-almanac show qwen3:8b',
    'llm-almanac show qwen3:8b@Q8_0',
    'llm-almanac show gpt-oss:20b --json',
  ],
  async run({ values, positionals }, io) {
    const spec = positionals[0]
    if (spec === undefined || positionals.length > 1) {
      throw new AlmanacError('BAD_USAGE', 'show takes one MODEL[@QUANT]', 'llm-almanac models lists them')
    }
    const { model, only } = await findShown(spec)
    const [details, gguf] = await Promise.all([loadDetails(), loadGguf()])
    const builds = model.builds
      .filter((build) => only === undefined || build === only)
      .map((build) =>
        toBuildEntry(
          build,
          gguf[model.id].find((row) => row.quantization === build.quantization),
        ),
      )
    const shown = { ...toShowEntry(model, details[model.id]), builds }
    if (values['json']) printJson(io, shown)
    else io.out(describeModel(model, shown, { io, only }))
    return 0
  },
}

async function findShown(spec: string): Promise<{ model: ModelRow; only: BuildRow | undefined }> {
  const { quantization } = splitBuildSpec(spec)
  if (quantization === undefined) return { model: await findNamedModel(spec), only: undefined }
  const { model, build } = await findNamedBuild(spec)
  return { model, only: findBuild(model, build.quantization) }
}

type Details = Awaited<ReturnType<typeof loadDetails>>[ModelRow['id']]

function toShowEntry(model: ModelRow, details: Details) {
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

function toBuildEntry(build: BuildRow, row: GgufRow | undefined) {
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
