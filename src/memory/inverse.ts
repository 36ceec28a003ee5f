import type { Machine } from '../machine.js'
import { planPlacement, planWholePlacement } from './placement.js'
import type { Fit, Placement, PlacementOptions } from './placement-types.js'
import type { LoadOptions, ModelMemory } from './types.js'

/** Contexts are asked for in steps of llama.cpp's own cells. */
const STEP = 256

/** How good a placement is, best first. */
const ORDER: readonly Fit[] = ['gpu', 'multi_gpu', 'partial', 'cpu', 'none']

export interface LongestContextOptions extends PlacementOptions {
  /** The worst placement that still counts; default `multi_gpu`. */
  fit?: Fit
  /** Default: the model's trained length. */
  max_context?: number
}

/**
 * The longest context, in tokens, with which a model still fits a machine; `null` where none does.
 *
 * @param load - All but the context.
 */
export function longestContext(
  model: ModelMemory,
  load: Omit<LoadOptions, 'context'>,
  machine: Machine,
  options: LongestContextOptions = {},
): number | null {
  const worst = ORDER.indexOf(options.fit ?? 'multi_gpu')
  const most = options.max_context ?? model.architecture.context_length
  // Splits between card and processor take long to search, and where they do not count nobody need ask.
  const plan = worst <= ORDER.indexOf('multi_gpu') ? planWholePlacement : planPlacement
  const fits = (context: number) => {
    const placement = plan(model, { ...load, context }, machine, options)
    return placement !== null && ORDER.indexOf(placement.fit) <= worst
  }
  if (fits(most)) return most
  let low = 0
  let high = Math.floor(most / STEP)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle * STEP)) low = middle
    else high = middle
  }
  return low > 0 ? low * STEP : null
}

export interface BestQuantization<Build> {
  build: Build
  placement: Placement
}

/**
 * The first of `builds`, best first, that fits at least as well as `fit`; `null` where none does.
 */
export function bestQuantization<Build extends { memory: ModelMemory }>(
  builds: readonly Build[],
  load: LoadOptions,
  machine: Machine,
  options: PlacementOptions & { fit?: Fit } = {},
): BestQuantization<Build> | null {
  const worst = ORDER.indexOf(options.fit ?? 'multi_gpu')
  for (const build of builds) {
    const placement = planPlacement(build.memory, load, machine, options)
    if (ORDER.indexOf(placement.fit) <= worst) return { build, placement }
  }
  return null
}
