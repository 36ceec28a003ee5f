import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

/** SHA-256 of nothing: what a download that failed leaves. */
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** A hash that uses fewer digits than this was typed, not computed. */
const LEAST_DIGITS = 6

/** File names stay inside their repository and are those of a model; hashes were computed from a file. */
export const fileNames: Rule = {
  ids: ['build/file-name', 'build/sha256'],
  check(sources, report) {
    for (const entry of sources.models)
      for (const [index, build] of (entry.data.builds ?? []).entries()) {
        const at = (...path: Path): Path => ['builds', index, ...path]
        for (const [place, file] of (build.files ?? []).entries()) {
          checkName(entry, at('files', place, 'name'), { name: file.name, isModel: true }, report)
          checkHash(entry, at('files', place, 'sha256'), file.sha256, report)
        }
        checkHash(entry, at('ollama_sha256'), build.ollama_sha256, report)
        if (build.projector)
          checkName(entry, at('projector', 'name'), { name: build.projector.name, isModel: false }, report)
      }
  },
}

function checkName(
  entry: ModelEntry,
  path: Path,
  { name, isModel }: { name: string; isModel: boolean },
  report: Report,
): void {
  const say = (message: string, hint: string): void =>
    report({ rule: 'build/file-name', entry, path, message, hint })
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..'))
    say(
      `file ${show(name)} leads out of the repository`,
      'write the path below the root of the repository, as folder/file.gguf',
    )
  else if (isModel && /(^|[/._-])(mmproj|imatrix)/i.test(name))
    say(
      `file ${show(name)} is no model of its own`,
      'name the file of the weights; a projector belongs under projector',
    )
}

function checkHash(entry: ModelEntry, path: Path, hash: string | undefined, report: Report): void {
  if (hash === undefined) return
  const typed = new Set(hash).size < LEAST_DIGITS
  if (hash !== EMPTY_SHA256 && !typed) return
  report({
    rule: 'build/sha256',
    entry,
    path,
    message: typed
      ? `sha256 ${show(hash)} was not computed from a file`
      : 'this is the sha256 of an empty file',
    hint: 'copy it from the repository, or remove the field',
  })
}
