import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { bitsPerWeight, listCandidates } from '../../recommend/candidates.js'
import { FEWEST_BITS_PER_WEIGHT } from '../../recommend/score.js'

/** What is known of one machine: the builds that run there, and the one that is recommended. */
interface Here {
  running: ReadonlySet<BuildRow>
  recommended: string
}

/**
 * What a list names of each model, unless every build is asked for: a model has up to forty, most of them steps that
 * a reader does not notice. The default, and the ends of what is worth offering: the best, and the smallest of at
 * least three bits per weight. On one machine only what runs there, and the recommended build too.
 */
export function offeredBuilds(model: ModelRow, here?: Here): readonly BuildRow[] {
  const builds = here ? [...here.running] : model.builds
  const worthIt = listCandidates(model, 'any').flatMap(({ build }) => (builds.includes(build) ? [build] : []))
  const smallest = worthIt.findLast((build) => bitsPerWeight(model, build) >= FEWEST_BITS_PER_WEIGHT)
  const ends = [worthIt[0], smallest]
  return builds.filter(
    (build) => build.default || ends.includes(build) || build.quantization === here?.recommended,
  )
}
