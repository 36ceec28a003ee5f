import { show } from '../show.js'
import type { Rule } from '../sources.js'
import { didYouMean } from '../suggest.js'

/** A renamed id leaves a stub that leads to the new one, and nothing else. */
export const moved: Rule = {
  ids: ['ref/moved-to', 'moved/builds'],
  check(sources, report) {
    const targets = new Map(sources.models.map((model) => [model.id, model.data.moved_to]))
    for (const entry of sources.models) {
      const target = entry.data.moved_to
      if (target === undefined) continue
      const say = (rule: string, field: string, message: string, hint: string): void =>
        report({
          rule,
          entry,
          path: [field],
          target: rule === 'moved/builds' ? 'key' : 'value',
          message,
          hint,
        })
      if (target === entry.id)
        say(
          'ref/moved-to',
          'moved_to',
          'the model has moved to itself',
          'name the new id, or remove moved_to',
        )
      else if (!targets.has(target) && !sources.present.has(target))
        say(
          'ref/moved-to',
          'moved_to',
          `model ${show(target)} does not exist`,
          didYouMean(target, targets.keys(), 'name the id that the model has now'),
        )
      else if (targets.get(target) !== undefined)
        say(
          'ref/moved-to',
          'moved_to',
          `model ${show(target)} has moved itself`,
          `name the last id: ${show(targets.get(target))}`,
        )
      if ((entry.data.builds ?? []).length > 0)
        say(
          'moved/builds',
          'builds',
          `a moved model has no builds; they belong to ${target}`,
          'move the builds to the new file',
        )
    }
  },
}
