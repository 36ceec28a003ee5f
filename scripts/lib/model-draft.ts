import type { Architecture } from '../../generated/authored.js'
import { sortedBy } from './order.js'

/** What is known of a model before a person has looked at it. */
export interface DraftFacts {
  repo: string
  /** Names of the GGUF files of one build, in order, with sizes where the hub says them. */
  files: readonly { name: string; bytes?: number; sha256?: string }[]
  quantization: string | null
  architecture: Architecture
  parameters: { total: number; active: number } | null
  /** Fields of an architecture in the order that files have them. */
  fieldOrder: readonly string[]
  /** YYYY-MM-DD. */
  today: string
}

/** Family and size from a repository's name: `Qwen3-8B-GGUF` gives `qwen3:8b`. */
export function draftId(repo: string): string | undefined {
  const name = (repo.split('/')[1] ?? '').toLowerCase().replace(/[-_.]gguf$/, '')
  const match = /^(.*?)[-_]((?:\d+x)?\d+(?:\.\d+)?[bm](?:[-_].*)?)$/.exec(name)
  const family = match?.[1]?.replace(/[^a-z0-9.-]+/g, '-')
  const size = match?.[2]?.replace(/[^a-z0-9.-]+/g, '-').replace(/-(it|instruct|chat)$/, '')
  return family === undefined || family === '' || size === undefined ? undefined : `${family}:${size}`
}

/** The file of a new model: what the header says, and the rest as commented lines to fill in. */
export function draftModel(facts: DraftFacts): string {
  const source = `https://huggingface.co/${facts.repo}`
  const { parameters, architecture } = facts
  const active = parameters !== null && parameters.active !== parameters.total
  return `# yaml-language-server: $schema=../../../schema/model.schema.json
# name: Name that people use, with its size
kind: chat
# release: Month or day of release, '2025-04' or '2025-04-28'
${parameters === null ? '# parameters: All parameters of the language model' : `parameters: ${parameters.total}`}
${active ? `active_parameters: ${parameters.active}\n` : ''}architecture:
${sortedBy(Object.entries(architecture), ([key]) => placeOf(key, facts.fieldOrder))
  .map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`)
  .join('')}context:
  max: ${architecture.context_length}
modalities: [text]
# thinking: 'no', hybrid or 'yes'
# tools: Whether the official chat template supports tools, true or false
builds:
  - quantization: ${facts.quantization ?? '# the label in the file name'}
    default: true
    repo: ${facts.repo}
    files:
${facts.files.map(fileLines).join('')}    source: ${source}
sources:
  - facts: [parameters, architecture, context]
    url: ${source}
    checked: '${facts.today}'
  # - facts: [release, modalities, thinking, tools]
  #   url: The publisher's own page
  #   checked: '${facts.today}'
`
}

/** A text that sorts as the place in the list does; what is not listed comes last. */
function placeOf(key: string, order: readonly string[]): string {
  const place = order.indexOf(key)
  return String(place < 0 ? order.length : place).padStart(4, '0')
}

/** The file of a new family: only its id is known, so the other fields are commented lines to fill in. */
export function draftFamily(family: string, repo: string, today: string): string {
  return `# yaml-language-server: $schema=../../../schema/family.schema.json
name: ${family} # as people write it
# description: One sentence about what all sizes share
# publisher: Who trained it
# licence: SPDX id, such as Apache-2.0, else LicenseRef-Name
# sources:
#   - facts: [publisher, licence]
#     url: The publisher's own page, such as https://huggingface.co/${repo}
#     checked: '${today}'
`
}

function fileLines({ name, bytes, sha256 }: DraftFacts['files'][number]): string {
  const size = bytes === undefined ? '' : `        bytes: ${bytes}\n`
  const hash = sha256 === undefined ? '' : `        sha256: ${sha256}\n`
  return `      - name: ${JSON.stringify(name)}\n${size}${hash}`
}
