import { countedParameters } from '../counted-parameters.js'
import { show } from '../show.js'
import type { Rule } from '../sources.js'
import { didYouMean } from '../suggest.js'

/** An architecture that the estimator does not know is allowed, but most checks of sizes are then blind. */
export const architectureKnown: Rule = {
  ids: ['architecture/unknown'],
  check({ models }, report) {
    const names = new Set(models.map(({ data }) => data.architecture['general.architecture']))
    const unknown = models.filter(({ data }) => countedParameters(data.architecture) === null)
    for (const { data } of unknown) names.delete(data.architecture['general.architecture'])
    for (const entry of unknown) {
      const name = entry.data.architecture['general.architecture']
      report({
        rule: 'architecture/unknown',
        severity: 'warning',
        entry,
        path: ['architecture', 'general.architecture'],
        message: `architecture ${show(name)} is not known, so parameters and sizes cannot be checked`,
        hint: didYouMean(
          name,
          names,
          'compare it with the file header; a new one needs its tensors in src/memory',
        ),
      })
    }
  },
}
