import { show } from '../show.js'
import type { Rule } from '../sources.js'
import { didYouMean } from '../suggest.js'

/** Every model stands in a family, and every family has a model. */
export const family: Rule = {
  ids: ['ref/family', 'ref/empty-family'],
  check(sources, report) {
    const known = [...sources.families.keys()]
    const told = new Set<string>()
    for (const model of sources.models) {
      if (told.has(model.family)) continue
      if (sources.families.has(model.family) || sources.present.has(`family ${model.family}`)) continue
      told.add(model.family)
      report({
        rule: 'ref/family',
        entry: model,
        path: [],
        message: `family ${show(model.family)} has no family.yaml`,
        hint: didYouMean(model.family, known, `write catalog/models/${model.family}/family.yaml`),
      })
    }
    const models = [...sources.present].filter((id) => id.includes(':'))
    const inhabited = new Set(models.map((id) => id.slice(0, id.indexOf(':'))))
    for (const entry of sources.families.values()) {
      if (inhabited.has(entry.id)) continue
      report({
        rule: 'ref/empty-family',
        entry,
        path: [],
        message: `family ${show(entry.id)} has no model`,
        hint: `add catalog/models/${entry.id}/<size>.yaml, or delete the folder`,
      })
    }
  },
}
