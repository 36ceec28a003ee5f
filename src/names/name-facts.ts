import type { ModelId } from '../../generated/ids.js'
import type { DetailRow, GgufRow, ModelRow } from '../../generated/types.js'
import type { NameFacts } from './types.js'

/**
 * What the parser needs, out of the generated tables.
 *
 * @param models - One row a model.
 * @param details - By model id; a model without a row has no repository and no aliases.
 * @param gguf - Builds by model id.
 */
export function nameFactsFromTables(
  models: readonly ModelRow[],
  details: Readonly<Partial<Record<ModelId, DetailRow>>>,
  gguf: Readonly<Partial<Record<ModelId, readonly GgufRow[]>>>,
): NameFacts[] {
  return models.map(({ id, kind }) => {
    const detail = details[id]
    const builds = gguf[id] ?? []
    return {
      id,
      kind,
      ...(detail?.repo === undefined ? {} : { repo: detail.repo }),
      aliases: detail?.aliases ?? [],
      gguf_repos: [...new Set(builds.flatMap((build) => build.repo ?? []))],
      files: builds.flatMap((build) => fileFacts(build)),
      ollama_tags: builds.flatMap((build) => tagFacts(build)),
    }
  })
}

function fileFacts({ files, quantization }: GgufRow): NameFacts['files'] {
  return files.map(({ name }) => ({ name: name.slice(name.lastIndexOf('/') + 1), quantization }))
}

function tagFacts({ ollama_tag, ollama_aliases, quantization }: GgufRow): NameFacts['ollama_tags'] {
  const tags = [...(ollama_tag === undefined ? [] : [ollama_tag]), ...(ollama_aliases ?? [])]
  return tags.map((tag) => ({ tag, quantization }))
}
