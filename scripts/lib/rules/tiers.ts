import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { Rule } from '../sources.js'

const ORDER = ['verified', 'compatible', 'experimental']

/** The three tiers stand in order, and their thresholds make sense. */
export const tiers: Rule = {
  ids: ['tier/order', 'tier/threshold'],
  check(sources, report) {
    const entry = sources.tiers
    if (!entry) return
    const say = (rule: string, path: Path, message: string, hint: string): void =>
      report({ rule, entry, path, message, hint })
    const wrong = entry.data.tiers.findIndex((tier, index) => tier.id !== ORDER[index])
    const found = entry.data.tiers[wrong]
    if (found)
      say(
        'tier/order',
        ['tiers', wrong, 'id'],
        `tier ${show(found.id)} stands where ${show(ORDER[wrong])} belongs`,
        `the tiers are, in this order: ${ORDER.join(', ')}`,
      )
    const { bfcl, other_boards: boards } = entry.data.rule
    for (const [index, metric] of bfcl.metrics.entries()) {
      const path = ['rule', 'bfcl', 'metrics', index] as const
      if (metric.good < metric.fair)
        say(
          'tier/threshold',
          [...path, 'good'],
          `good ${metric.good} is less than fair ${metric.fair}`,
          'good is the higher line: are the two swapped?',
        )
      if (bfcl.metrics.findIndex((other) => other.metric === metric.metric) < index)
        say(
          'tier/threshold',
          [...path, 'metric'],
          `metric ${show(metric.metric)} is given twice`,
          'remove one of the two',
        )
    }
    if (bfcl.metrics_needed > bfcl.metrics.length)
      say(
        'tier/threshold',
        ['rule', 'bfcl', 'metrics_needed'],
        `metrics_needed ${bfcl.metrics_needed} is more than the ${bfcl.metrics.length} metrics`,
        'no model could reach it',
      )
    for (const [index, board] of boards.entries())
      if (board.strong < board.weak)
        say(
          'tier/threshold',
          ['rule', 'other_boards', index, 'strong'],
          `strong ${board.strong} is less than weak ${board.weak}`,
          'strong is the higher line: are the two swapped?',
        )
    if (entry.data.rule.strong_boards_for_verified > boards.length && boards.length > 0)
      say(
        'tier/threshold',
        ['rule', 'strong_boards_for_verified'],
        `strong_boards_for_verified ${entry.data.rule.strong_boards_for_verified} is more than the ${boards.length} boards`,
        'no model could reach it',
      )
  },
}
