import type { Path } from '../diagnostic.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

/** What a user gets unless a source recommends otherwise, in tokens. */
const USUAL_DEFAULT = 32_768

/** Context lengths agree with each other and with the architecture. */
export const context: Rule = {
  ids: ['context/default', 'context/default-source', 'context/extended', 'context/trained'],
  check(sources, report) {
    for (const model of sources.models) checkModel(model, report)
  },
}

function checkModel(entry: ModelEntry, report: Report): void {
  const { max, default: preset, default_source: source, extended } = entry.data.context
  const trained = entry.data.architecture.context_length
  const say = (rule: string, path: Path, message: string, hint: string): void =>
    report({ rule, entry, path: ['context', ...path], message, hint })
  if (preset !== undefined && preset > max)
    say(
      'context/default',
      ['default'],
      `default ${preset} is more than max ${max}`,
      `write at most ${max}, or leave it out: the smaller of max and ${USUAL_DEFAULT}`,
    )
  else if (preset !== undefined && preset !== Math.min(max, USUAL_DEFAULT) && source === undefined)
    say(
      'context/default-source',
      ['default'],
      `default ${preset} is not the usual ${Math.min(max, USUAL_DEFAULT)} and has no source`,
      'add default_source with the address that recommends it, or leave default out',
    )
  if (extended && extended.max <= max)
    say(
      'context/extended',
      ['extended', 'max'],
      `extended ${extended.max} is not more than max ${max}`,
      'max is the native length; extended is what YaRN and the like reach beyond it',
    )
  if (max > trained)
    say(
      'context/trained',
      ['max'],
      `max ${max} is more than the architecture's context_length ${trained}`,
      'max is the trained, native length; put what YaRN reaches into extended',
    )
}
