import { fileUrl, getQuantization } from '../../catalog/index.js'
import type { BuildRow, GgufRow, ModelRow } from '../../catalog/index.js'
import { memoryGb, sizeGb } from './gigabytes.js'
import { requiredVramBytes } from './required-vram.js'

/** What every list says of a build. */
export function buildFields(model: ModelRow, build: BuildRow) {
  return {
    size_gb: sizeGb(build.bytes),
    vram_required_gb: memoryGb(requiredVramBytes(model, build)),
    quality: getQuantization(build.quantization).quality,
    is_default: build.default,
  }
}

/** Where a build comes from. A build that only a provider's library has gets that tag as its file. */
export function sourceFields(build: BuildRow, row: GgufRow | undefined) {
  const first = row?.files[0]
  const url = row?.repo && first ? fileUrl(row.repo, first.name, row.revision) : null
  return {
    quality_label: getQuantization(build.quantization).quality_label,
    file: first?.name ?? build.ollama_tag ?? '',
    download_url: url,
  }
}

/** Repository of the model's default build, else of the first that has one. */
export function repositoryOf(model: ModelRow, rows: readonly GgufRow[]): string | null {
  const wanted = model.builds.find((build) => build.default)?.quantization
  const row = rows.find((each) => each.quantization === wanted && each.repo) ?? rows.find((each) => each.repo)
  return row?.repo ?? null
}
