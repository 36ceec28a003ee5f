import type { Machine } from '../machine.js'
import { memoryOfBuild, planPlacement } from '../memory/index.js'
import type { KvType, Placement } from '../memory/index.js'
import { estimatePlacementCost } from './score.js'
import type { Candidate } from './types.js'

export interface PlaceContext {
  machine: Machine
  context: number | undefined
  kv_type: KvType
  headroom_bytes: number
}

export interface Placed extends Candidate {
  placement: Placement
  context: number
  score: number
}

/**
 * The build of a model that gives the best answer here, if any fits. Candidates come best first, so the
 * first that runs whole on the GPU ends the search: no later one can score higher.
 */
export function placeBest(candidates: readonly Candidate[], context: PlaceContext): Placed[] {
  let best: Placed | undefined
  for (const candidate of candidates) {
    if (best && candidate.merit <= best.score) break
    const placed = place(candidate, context)
    if (placed && (!best || placed.score > best.score)) best = placed
    if (placed && isWholeOnGpu(placed.placement)) break
  }
  return best ? [best] : []
}

/** Every build that fits. */
export function placeEach(candidates: readonly Candidate[], context: PlaceContext): Placed[] {
  return candidates.flatMap((candidate) => place(candidate, context) ?? [])
}

/** Where one build lands, whether it fits or not. */
export function planCandidate({ model, build }: Candidate, context: PlaceContext): Placement {
  const load = {
    context: contextOf(model.context.default, context),
    kv_type_k: context.kv_type,
    kv_type_v: context.kv_type,
  }
  return planPlacement(memoryOfBuild(model.architecture, build), load, context.machine, {
    headroom_bytes: context.headroom_bytes,
  })
}

function place(candidate: Candidate, context: PlaceContext): Placed | null {
  const placement = planCandidate(candidate, context)
  if (placement.fit === 'none') return null
  const score = candidate.merit - estimatePlacementCost(hostActiveBytes(candidate, placement))
  return { ...candidate, placement, context: contextOf(candidate.model.context.default, context), score }
}

export function contextOf(modelDefault: number, context: PlaceContext): number {
  return context.context ?? modelDefault
}

function isWholeOnGpu(placement: Placement): boolean {
  return placement.fit === 'gpu' || placement.fit === 'multi_gpu'
}

/**
 * Weights on the host that one token reads. Of a mixture of experts a token reads the active share; the
 * token embeddings, of which it reads one row, always stay on the host and do not count.
 */
function hostActiveBytes({ model, build }: Candidate, placement: Placement): number {
  if (isWholeOnGpu(placement)) return 0
  const { token_embd_bytes, per_layer_token_embd_bytes } = memoryOfBuild(model.architecture, build).weights
  const read = placement.estimate.host.weights_bytes - token_embd_bytes - per_layer_token_embd_bytes
  const share = (model.active_parameters ?? model.parameters) / model.parameters
  return Math.max(0, read) * share
}
