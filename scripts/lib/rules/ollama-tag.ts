import type { Build } from '../../../generated/authored.js'
import type { Path } from '../diagnostic.js'
import { statedQuantization } from '../quantization-label.js'
import { show } from '../show.js'
import { formatCount, isNear, sizeTokens } from '../size-tokens.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

/** Ollama tags are those of this family, size and quantization. */
export const ollamaTag: Rule = {
  ids: ['ollama/library', 'ollama/quantization', 'ollama/size'],
  check(sources, report) {
    const labels = sources.quantizations?.data.quantizations.map((row) => row.id) ?? []
    for (const entry of sources.models) {
      const library = sources.families.get(entry.family)?.data.ollama_library ?? entry.family
      for (const [index, build] of (entry.data.builds ?? []).entries())
        for (const [path, tag] of tagsOf(build))
          checkTag(tag, { entry, build, path: ['builds', index, ...path], library, labels, report })
    }
  },
}

function tagsOf(build: Build): [path: Path, tag: string][] {
  const aliases = (build.ollama_aliases ?? []).map((tag, at): [Path, string] => [['ollama_aliases', at], tag])
  return build.ollama_tag === undefined ? aliases : [[['ollama_tag'], build.ollama_tag], ...aliases]
}

interface Context {
  entry: ModelEntry
  build: Build
  path: Path
  library: string
  labels: readonly string[]
  report: Report
}

function checkTag(tag: string, { entry, build, path, library, labels, report }: Context): void {
  const [name = '', rest = ''] = tag.split(':')
  const stated = statedQuantization(rest, labels)
  // A mixture states experts by size: Mixtral's size is an expert's, Llama 4's is what a token uses.
  const sizes = [rest, rest.replace(/\d+x(?=\d)/gi, '')].flatMap(sizeTokens)
  const { parameters, active_parameters: active } = entry.data
  const fits =
    sizes.length === 0 ||
    sizes.some((size) => isNear(size, parameters) || (active !== undefined && isNear(size, active)))
  const say = (rule: string, message: string, hint: string): void =>
    report({ rule, entry, path, message, hint })
  if (name !== library)
    say(
      'ollama/library',
      `tag ${show(tag)} is of the library page ${show(name)}, not ${show(library)}`,
      'check the tag; where the family has another page, name it as ollama_library in family.yaml',
    )
  else if (!fits)
    say(
      'ollama/size',
      `tag ${show(tag)} is of another size than the model with ${formatCount(parameters)} parameters`,
      'was it copied from another size of the family?',
    )
  else if (stated !== undefined && labels.includes(build.quantization) && stated !== build.quantization)
    say(
      'ollama/quantization',
      `tag ${show(tag)} states ${stated}, but the build is ${build.quantization}`,
      'move the tag to the build whose weights it holds',
    )
}
