import { setImmediate as nextTurn } from 'node:timers/promises'
import { listModels } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { recommend } from '../../recommend/index.js'
import type { RecommendResult } from '../../recommend/index.js'

const known = new WeakMap<Machine, Promise<RecommendResult>>()

/** What `recommend --tools any` says of a machine, what does not fit included; worked out once for each. */
export function recommendOnce(machine: Machine): Promise<RecommendResult> {
  let result = known.get(machine)
  if (!result) known.set(machine, (result = recommendInTurns(machine)))
  return result
}

/**
 * Forecasts model by model first, letting other requests in between: the forecasts are remembered, so that the
 * ranking itself, which needs all at once, is short.
 */
async function recommendInTurns(machine: Machine): Promise<RecommendResult> {
  const options = { tools: 'any', include_not_fitting: true } as const
  for (const model of listModels()) {
    recommend(machine, options, [model])
    await nextTurn()
  }
  return recommend(machine, options)
}
