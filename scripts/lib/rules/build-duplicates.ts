import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

interface Use {
  entry: ModelEntry
  path: Path
  quantization: string
}

type Kind = 'build' | 'file' | 'sha256' | 'ollama-tag'

const WORDS: Readonly<Record<Kind, string>> = {
  build: 'quantization',
  file: 'file',
  sha256: 'sha256',
  'ollama-tag': 'Ollama tag',
}

const HINTS: Readonly<Record<Kind, string>> = {
  build: 'one model and one quantization are one build: keep the better source',
  file: 'every build has files of its own: check the name and the repository',
  sha256: 'two files never share a hash: copy it again from the repository',
  'ollama-tag': 'a tag holds one build: keep it where the digest belongs',
}

/** No build, file, hash or tag is given twice. */
export const buildDuplicates: Rule = {
  ids: ['duplicate/build', 'duplicate/file', 'duplicate/sha256', 'duplicate/ollama-tag'],
  check(sources, report) {
    // One kind after the other: a catalog of ten thousand models has a million names.
    for (const wanted of Object.keys(WORDS)) {
      const seen = new Map<string, Use>()
      for (const entry of sources.models) {
        if (wanted === 'build') seen.clear()
        eachName(entry, (kind, name, at) => {
          if (kind === wanted) note(seen, kind, name, { at, report })
        })
      }
    }
  },
}

function eachName(entry: ModelEntry, use: (kind: Kind, name: string, at: Use) => void): void {
  for (const [index, build] of (entry.data.builds ?? []).entries()) {
    const at = (...path: Path): Use => ({
      entry,
      path: ['builds', index, ...path],
      quantization: build.quantization,
    })
    use('build', `${entry.id}@${build.quantization}`, at('quantization'))
    for (const [place, file] of (build.files ?? []).entries()) {
      if (build.repo !== undefined) use('file', `${build.repo}/${file.name}`, at('files', place, 'name'))
      if (file.sha256 !== undefined) use('sha256', file.sha256, at('files', place, 'sha256'))
    }
    const aliases = build.ollama_aliases ?? []
    if (build.ollama_tag !== undefined) use('ollama-tag', build.ollama_tag, at('ollama_tag'))
    for (const [place, tag] of aliases.entries()) use('ollama-tag', tag, at('ollama_aliases', place))
  }
}

function note(
  seen: Map<string, Use>,
  kind: Kind,
  name: string,
  { at, report }: { at: Use; report: Report },
): void {
  const key = name.toLowerCase()
  const first = seen.get(key)
  seen.set(key, first ?? at)
  if (!first) return
  const { line, col } = first.entry.positionOf(first.path)
  report({
    rule: `duplicate/${kind}`,
    entry: at.entry,
    path: at.path,
    message:
      kind === 'build'
        ? `the model has a second build ${show(at.quantization)}; the first is at ${line}:${col}`
        : `${WORDS[kind]} ${show(name)} is also that of ${first.entry.id}@${first.quantization} (${first.entry.file}:${line}:${col})`,
    hint: HINTS[kind],
  })
}
