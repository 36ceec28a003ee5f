import { getQuantization } from '../catalog/index.js'
import type { ModelRow } from '../catalog/index.js'
import { scoreBuild } from './score.js'
import type { Candidate } from './types.js'

/** Two builds whose quantizations cost the same within this many points are the same to a reader. */
const NOTICEABLE_POINTS = 0.15

type Tools = 'first' | 'any'
const cache: Record<Tools, WeakMap<ModelRow, readonly Candidate[]>> = {
  first: new WeakMap(),
  any: new WeakMap(),
}

/**
 * The builds of a model that are worth offering, best first. A build is left out where a smaller one is as
 * good: 16-bit and 32-bit weights beside Q8_0, and larger files of a coarser quantization.
 */
export function listCandidates(model: ModelRow, tools: Tools): readonly Candidate[] {
  let candidates = cache[tools].get(model)
  if (!candidates) {
    candidates = withoutDominated(model.builds.map((build) => rate(model, build, tools)))
    cache[tools].set(model, candidates)
  }
  return candidates
}

/** Every build, best first. */
export function listAllCandidates(model: ModelRow, tools: Tools): readonly Candidate[] {
  return model.builds.map((build) => rate(model, build, tools)).sort((a, b) => b.merit - a.merit)
}

function rate(model: ModelRow, build: Candidate['build'], tools: Tools): Candidate {
  const quantization = getQuantization(build.quantization)
  const merit = scoreBuild({
    quality: model.quality,
    quantization,
    bits_per_weight: bitsPerWeight(model, build),
    tier: model.tier,
    tools,
  })
  return { model, build, merit }
}

/** Of the label and of the file, whichever is lower: a name can promise more than the file holds. */
export function bitsPerWeight(model: Pick<ModelRow, 'parameters'>, build: Candidate['build']): number {
  const { tensor_bits_per_weight } = getQuantization(build.quantization)
  return Math.min(tensor_bits_per_weight, (build.bytes * 8) / model.parameters)
}

function withoutDominated(candidates: Candidate[]): Candidate[] {
  const bySize = candidates.toSorted((a, b) => a.build.bytes - b.build.bytes || b.merit - a.merit)
  const kept: Candidate[] = []
  for (const candidate of bySize) {
    const best = kept.at(-1)
    if (!best || candidate.merit > best.merit + NOTICEABLE_POINTS) kept.push(candidate)
  }
  return kept.reverse()
}
