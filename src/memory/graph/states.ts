import type { GraphContext } from './context.js'
import type { Tensor } from './tensor.js'

const F32 = 4

/** A block's recurrent memory: `elements` for each slot, in a buffer of its own. */
export function stateCache(context: GraphContext, elements: number): Tensor {
  const { g, load } = context
  const bytes = elements * load.parallel * F32
  return g.external([elements, load.parallel, 1], bytes, g.weightSide)
}

/** Clears what a new sequence must not see. */
export function clearState(context: GraphContext, cache: Tensor): void {
  const { g } = context
  g.expand(g.storeInto(cache, []))
}

/** Reads the states of all slots at once. */
export function loadState(context: GraphContext, cache: Tensor): Tensor {
  const { g, inputs } = context
  clearState(context, cache)
  const rows = g.view(cache, cache.shape)
  const state = g.expand(g.op([rows, inputs.stateRows()], cache.shape))
  carryOthers(context, cache)
  return state
}

/** States of slots that are not in the batch are carried over: none when the graph is reserved, but the nodes are there. */
export function carryOthers(context: GraphContext, cache: Tensor): void {
  const { g, inputs } = context
  const rows = g.view(cache, cache.shape)
  const none = g.op([rows, inputs.otherStateRows()], [cache.shape[0], 0, 1])
  g.expand(g.storeInto(cache, [none]))
}

export function saveState(context: GraphContext, state: Tensor, cache: Tensor): void {
  const { g } = context
  g.expand(g.storeInto(cache, [state]))
}

/**
 * Prepends what the convolution remembers to the new columns, and saves their end for the next batch.
 * `columns` are the new values, channels first.
 */
export function convolutionInput(
  context: GraphContext,
  columns: Tensor,
  memory: { cache: Tensor; state: Tensor; channels: number },
): Tensor {
  const { g, load } = context
  const before = memory.state.shape[0] / memory.channels
  const perSlot = load.tokens / load.parallel
  const all = g.op(
    [g.view(memory.state, [before, memory.channels, load.parallel]), columns],
    [before + perSlot, memory.channels, load.parallel],
  )
  const end = g.view(all, [before, memory.channels, load.parallel], true)
  saveState(context, end, memory.cache)
  return all
}
