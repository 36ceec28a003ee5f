import type { Build } from '../../../generated/authored.js'
import { statedQuantization } from '../quantization-label.js'
import { show } from '../show.js'
import { formatCount, isNear, sizeTokens } from '../size-tokens.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

interface At {
  entry: ModelEntry
  index: number
  build: Build
  report: Report
}

/** A build says where its weights are, and its file names are those of this model and quantization. */
export const buildFiles: Rule = {
  ids: ['build/location', 'build/file-quantization', 'build/file-model'],
  check(sources, report) {
    const labels = sources.quantizations?.data.quantizations.map((row) => row.id) ?? []
    for (const entry of sources.models)
      for (const [index, build] of (entry.data.builds ?? []).entries()) {
        checkLocation({ entry, index, build, report })
        if (labels.includes(build.quantization)) checkLabel({ entry, index, build, report }, labels)
        checkModel({ entry, index, build, report })
      }
  },
}

function checkLocation({ entry, index, build, report }: At): void {
  const say = (field: string | undefined, message: string, hint: string): void =>
    report({
      rule: 'build/location',
      entry,
      path: ['builds', index, field ?? 'quantization'],
      target: 'key',
      message,
      hint,
    })
  if (build.files === undefined && build.ollama_tag === undefined)
    say(
      undefined,
      'the build has neither files nor ollama_tag',
      'add repo and files, or the tag of the Ollama library',
    )
  else if (build.files !== undefined && build.repo === undefined)
    say(
      'files',
      'the build has files, but no repo',
      'add "repo: owner/name", the Hugging Face repository of the files',
    )
  else if (build.files === undefined && build.repo !== undefined)
    say('repo', 'the build has a repo, but no files', 'add files with the name of every part')
  if (build.revision !== undefined && build.repo === undefined)
    say('revision', 'the build has a revision, but no repo', 'add "repo: owner/name", or remove revision')
  for (const field of ['ollama_aliases', 'ollama_bytes', 'ollama_sha256'] as const)
    if (build[field] !== undefined && build.ollama_tag === undefined)
      say(field, `the build has ${field}, but no ollama_tag`, 'add ollama_tag, or remove the field')
}

function checkLabel({ entry, index, build, report }: At, labels: readonly string[]): void {
  for (const [at, file] of (build.files ?? []).entries()) {
    const stated = statedQuantization(file.name, labels)
    if (stated === undefined || stated === build.quantization || build.quantization.endsWith(`-${stated}`))
      continue
    report({
      rule: 'build/file-quantization',
      entry,
      path: ['builds', index, 'files', at, 'name'],
      message: `the file is named ${stated}, but the build is ${build.quantization}`,
      hint: 'take the file of this quantization, or move it to its own build',
    })
  }
}

function checkModel({ entry, index, build, report }: At): void {
  const { parameters, active_parameters: active } = entry.data
  const file = build.files?.[0]?.name
  const isOther = (name: string | undefined): boolean => {
    const sizes = sizeTokens(name?.split('/').at(-1) ?? '')
    return (
      sizes.length > 0 &&
      !sizes.some((size) => isNear(size, parameters) || (active !== undefined && isNear(size, active)))
    )
  }
  const [noun, name] = isOther(file) ? ['file', file] : ['repository', build.repo]
  if (!isOther(name)) return
  report({
    rule: 'build/file-model',
    entry,
    path: ['builds', index, ...(noun === 'file' ? ['files', 0, 'name'] : ['repo'])],
    message: `${noun} ${show(name)} is of another size than the model with ${formatCount(parameters)} parameters`,
    hint: 'was it copied from another size of the family?',
  })
}
