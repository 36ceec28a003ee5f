import type { Path } from '../diagnostic.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

/** What a user gets unless a source recommends otherwise, in tokens. */
const USUAL_DEFAULT = 32_768

/** Vendors round: command-r7b has 131072 in its config and 128000 on its card. */
const LEAST_SHARE = 0.9

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
  if (source !== undefined && preset === undefined)
    say(
      'context/default-source',
      ['default_source'],
      'default_source is given, but default is not',
      'add the default that it recommends, or remove default_source',
    )
  if (max < LEAST_SHARE * trained)
    report({
      rule: 'context/trained',
      severity: 'warning',
      entry,
      path: ['context', 'max'],
      message: `max ${max} is far less than the architecture's context_length ${trained}`,
      hint: 'max is the trained, native length: copy both from the same config',
    })
  if (max > trained)
    say(
      'context/trained',
      ['max'],
      `max ${max} is more than the architecture's context_length ${trained}`,
      'max is the trained, native length; put what YaRN reaches into extended',
    )
}
