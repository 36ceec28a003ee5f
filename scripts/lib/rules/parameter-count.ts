import { countParameters } from '../../../src/memory/weights/index.js'
import { formatCount, isNear, sizeTokens } from '../size-tokens.js'
import type { Rule } from '../sources.js'

/** Published counts leave out norms or count prediction heads; a wrong digit is further off. */
const TOLERANCE = { total: 0.015, active: 0.1 }

/** Parameters are what the architecture gives. */
export const parameterCount: Rule = {
  ids: ['plausible/parameters'],
  check(sources, report) {
    for (const entry of sources.models) {
      const counted = countParameters(entry.data.architecture)
      if (!counted) continue
      const { parameters, active_parameters: active } = entry.data
      const say = (field: string, stated: number, real: number): void =>
        report({
          rule: 'plausible/parameters',
          entry,
          path: [field],
          message: `${field} ${stated} is not what the architecture gives: ${real} (${formatCount(real)})`,
          hint: 'count the digits, and compare block_count, embedding_length and vocab_size with the config',
        })
      if (Math.abs(parameters / counted.total - 1) > TOLERANCE.total)
        say('parameters', parameters, counted.total)
      else if (active !== undefined && Math.abs(active / counted.active - 1) > TOLERANCE.active)
        say('active_parameters', active, counted.active)
    }
  },
}
