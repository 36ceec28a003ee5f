import { show } from '../show.js'
import type { ModelEntry, Rule } from '../sources.js'

/** A name means one model only. */
export const aliases: Rule = {
  ids: ['duplicate/alias'],
  check(sources, report) {
    const ids = new Set(sources.models.map((model) => model.id))
    const owners = new Map<string, ModelEntry>()
    for (const model of sources.models)
      for (const [index, alias] of (model.data.aliases ?? []).entries()) {
        const name = alias.toLowerCase()
        const owner = owners.get(name)
        const taken = ids.has(name)
          ? `the id of ${name === model.id ? 'this model' : 'another model'}`
          : owner && `an alias of ${owner.id}`
        owners.set(name, owner ?? model)
        if (taken === undefined) continue
        report({
          rule: 'duplicate/alias',
          entry: model,
          path: ['aliases', index],
          message: `alias ${show(alias)} is already ${taken}`,
          hint: 'an alias names one model only: remove it from one of the two',
        })
      }
  },
}
