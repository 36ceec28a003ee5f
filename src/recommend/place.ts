import type { Machine } from '../machine.js'
import {
  devicesOf,
  estimateMemory,
  memoryOfBuild,
  planPlacement,
  planWholePlacement,
  sumOfLayout,
} from '../memory/index.js'
import type { KvType, LoadOptions, ModelMemory, Placement } from '../memory/index.js'
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

/** Builds that are planned in earnest after the arithmetic has chosen them; the next best fits where the best does not. */
const PLANNED = 3

/**
 * The build of a model that gives the best answer here, if any fits. Candidates come best and largest first.
 *
 * The largest that runs whole on the GPU is found by halving. What is better than that, but not whole on the
 * GPU, is rated by arithmetic, and only the best of it is planned.
 */
export function placeBest(candidates: readonly Candidate[], context: PlaceContext): Placed[] {
  const whole = largestWhole(candidates, context)
  const better = candidates.filter((candidate) => candidate.merit > (whole?.score ?? -Infinity))
  const rated = better
    .map((candidate) => ({ candidate, score: candidate.merit - placementCost(candidate, context) }))
    .filter(({ score }) => score > (whole?.score ?? -Infinity))
    .sort((a, b) => b.score - a.score)
  for (const { candidate } of rated.slice(0, PLANNED)) {
    const placed = place(candidate, context)
    if (placed) return [placed]
  }
  return whole ? [whole] : []
}

/** Every build that fits. */
export function placeEach(candidates: readonly Candidate[], context: PlaceContext): Placed[] {
  return candidates.flatMap((candidate) => place(candidate, context) ?? [])
}

/** Where one build lands, whether it fits or not. */
export function planCandidate({ model, build }: Candidate, context: PlaceContext): Placement {
  const options = { headroom_bytes: context.headroom_bytes }
  return planPlacement(
    memoryOfBuild(model.architecture, build),
    loadOf(model, context),
    context.machine,
    options,
  )
}

function loadOf(model: Candidate['model'], context: PlaceContext): LoadOptions {
  return { context: contextOf(model, context), kv_type_k: context.kv_type, kv_type_v: context.kv_type }
}

function contextOf(model: Candidate['model'], context: PlaceContext): number {
  return context.context ?? model.context.default
}

function largestWhole(candidates: readonly Candidate[], context: PlaceContext): Placed | null {
  if (context.machine.gpus.length === 0) return null
  let best: Placed | null = null
  let low = 0
  let high = candidates.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const candidate = candidates[middle]
    const placed = candidate ? placeWhole(candidate, context) : null
    if (placed) {
      best = placed
      high = middle - 1
    } else {
      low = middle + 1
    }
  }
  return best
}

function placeWhole(candidate: Candidate, context: PlaceContext): Placed | null {
  const { model, build } = candidate
  const placement = planWholePlacement(
    memoryOfBuild(model.architecture, build),
    loadOf(model, context),
    context.machine,
    { headroom_bytes: context.headroom_bytes },
  )
  return placement && { ...candidate, placement, context: contextOf(model, context), score: candidate.merit }
}

function place(candidate: Candidate, context: PlaceContext): Placed | null {
  const placement = planCandidate(candidate, context)
  if (placement.fit === 'none') return null
  const whole = placement.fit === 'gpu' || placement.fit === 'multi_gpu'
  const score = candidate.merit - (whole ? 0 : placementCost(candidate, context))
  return { ...candidate, placement, context: contextOf(candidate.model, context), score }
}

/**
 * What it costs that a build does not run whole on the GPU: what does not fit there is read from system memory
 * for every token. Of a mixture of experts a token reads the active share; the token embeddings, of which it
 * reads one row, always stay on the host and do not count.
 */
function placementCost({ model, build }: Candidate, context: PlaceContext): number {
  const memory = memoryOfBuild(model.architecture, build)
  const { token_embd_bytes, per_layer_token_embd_bytes, unloaded_bytes } = memory.weights
  const read = sumOfLayout(memory.weights) - token_embd_bytes - per_layer_token_embd_bytes - unloaded_bytes
  const room = roomOnGpus(context)
  const onHost =
    room > 0 ? Math.max(0, read - Math.max(0, room - besideWeights(memory, model, context))) : read
  const share = (model.active_parameters ?? model.parameters) / model.parameters
  return estimatePlacementCost(Math.max(1, onHost * share))
}

/**
 * What stands beside the weights on the GPU: cache, state, buffers. The same for all builds of a model, so the
 * first that is asked about answers for all.
 */
function besideWeights(memory: ModelMemory, model: Candidate['model'], context: PlaceContext): number {
  const known = beside.get(context)?.get(model)
  if (known !== undefined) return known
  const { total_bytes, weights_bytes } = estimateMemory(memory, loadOf(model, context)).gpu
  const models = beside.get(context) ?? new Map<Candidate['model'], number>()
  beside.set(context, models.set(model, total_bytes - weights_bytes))
  return total_bytes - weights_bytes
}

const beside = new WeakMap<PlaceContext, Map<Candidate['model'], number>>()

/** What the roomiest card offers to weights and cache, in bytes; 0 where there is none. */
function roomOnGpus({ machine, headroom_bytes }: PlaceContext): number {
  const rooms = devicesOf(machine)
    .filter((device) => !device.unified && device.available_bytes !== null)
    .map((device) => (device.available_bytes ?? 0) - device.overhead_bytes - headroom_bytes)
  return Math.max(0, ...rooms)
}
