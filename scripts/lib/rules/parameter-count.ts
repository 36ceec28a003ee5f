import { countedParameters } from '../counted-parameters.js'
import { formatCount, isNear, sizeTokens } from '../size-tokens.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

/** Published counts leave out norms or count prediction heads; a wrong digit is further off. */
const TOLERANCE = { total: 0.015, active: 0.1 }

/** Parameters are what the architecture gives. */
export const parameterCount: Rule = {
  ids: ['plausible/parameters'],
  check(sources, report) {
    for (const entry of sources.models) checkModel(entry, report)
  },
}

function checkModel(entry: ModelEntry, report: Report): void {
  const counted = countedParameters(entry.data.architecture)
  if (!counted) return
  const { parameters, active_parameters: active } = entry.data
  const stated = sizeTokens(entry.id.slice(entry.id.indexOf(':') + 1))
  const say = (field: string, message: string): void =>
    report({
      rule: 'plausible/parameters',
      entry,
      path: [field],
      target: field === 'architecture' ? 'key' : 'value',
      message,
      hint: 'count the digits, and compare block_count, embedding_length and vocab_size with the config',
    })
  // Where the file's name sides with `parameters`, the architecture is what is wrong.
  if (stated.some((size) => isNear(size, parameters) && !isNear(size, counted.total)))
    say(
      'architecture',
      `the architecture gives ${formatCount(counted.total)} parameters, but parameters is ${parameters}`,
    )
  else if (Math.abs(parameters / counted.total - 1) > TOLERANCE.total)
    say('parameters', `parameters ${parameters} is not what the architecture gives: ${counted.total}`)
  else if (active !== undefined && Math.abs(active / counted.active - 1) > TOLERANCE.active)
    say(
      'active_parameters',
      `active_parameters ${active} is not what the architecture gives: ${counted.active}`,
    )
}
