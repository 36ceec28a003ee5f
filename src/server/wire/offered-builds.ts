import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { bitsPerWeight, listCandidates } from '../../recommend/candidates.js'

/** Below, the recommender puts a build last. */
const FEWEST_BITS = 3

/**
 * What a list of all models names of each, unless every build is asked for: a model has up to forty, most of them
 * steps that a reader does not notice. The default, and the best that is worth its size.
 */
export function offeredBuilds(model: ModelRow): readonly BuildRow[] {
  const best = listCandidates(model, 'any')[0]?.build
  return model.builds.filter((build) => build === best || build.default)
}

/**
 * The same for one machine: of the builds that run there the default and the recommended one, and the ends of what
 * is worth offering, the best and the smallest of at least three bits per weight.
 */
export function offeredHere(
  model: ModelRow,
  running: ReadonlySet<BuildRow>,
  recommended: string,
): readonly BuildRow[] {
  const worthIt = listCandidates(model, 'any').flatMap(({ build }) => (running.has(build) ? [build] : []))
  const best = worthIt[0]
  const smallest = worthIt.findLast((build) => bitsPerWeight(model, build) >= FEWEST_BITS)
  return [...running].filter(
    (build) => build === best || build === smallest || build.default || build.quantization === recommended,
  )
}
