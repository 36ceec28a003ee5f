import {
  estimateMemory,
  memoryOfBuild,
  planFittingPlacement,
  planPlacement,
  planWholePlacement,
} from '../memory/index.js'
import type { LoadOptions, Placement } from '../memory/index.js'
import type { PlaceContext } from './place-context.js'
import { estimatePlacementCost } from './score.js'
import type { Candidate } from './types.js'

export interface Placed extends Candidate {
  placement: Placement
  context: number
  score: number
}

/**
 * The build of a model that gives the best answer here, if any fits. Candidates come best and largest first.
 *
 * The largest that runs whole on the GPU is looked for first. What is better than that, but not whole on the
 * GPU, is rated by arithmetic, and planned best first until one fits.
 */
export function placeBest(candidates: readonly Candidate[], context: PlaceContext): Placed[] {
  const answers = kept.get(candidates) ?? new Map<string, Placed[]>()
  kept.set(candidates, answers)
  const known = answers.get(context.key)
  if (known) return known
  const placed = findBest(candidates, context)
  if (answers.size >= MAX_KEPT) answers.clear()
  answers.set(context.key, placed)
  return placed
}

/** Questions whose answers are kept for each model: a server is asked the same again and again. */
const MAX_KEPT = 16
const kept = new WeakMap<readonly Candidate[], Map<string, Placed[]>>()

function findBest(candidates: readonly Candidate[], context: PlaceContext): Placed[] {
  const whole = largestWhole(candidates, context)
  const rated = candidates
    .map((candidate) => ({ candidate, score: candidate.merit - placementCost(candidate, context) }))
    .filter(({ score }) => score > (whole?.score ?? -Infinity))
    .filter(({ candidate }) => mayFit(candidate, context))
    .sort((a, b) => b.score - a.score)
  for (const { candidate } of rated) {
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
  const memory = memoryOfBuild(model.architecture, build)
  return planPlacement(memory, loadOf(model, context), context.machine, optionsOf(context))
}

function optionsOf({ headroom_bytes }: PlaceContext) {
  return { headroom_bytes, detail: 'representative' } as const
}

function loadOf(model: Candidate['model'], context: PlaceContext): LoadOptions {
  return { context: contextOf(model, context), kv_type_k: context.kv_type, kv_type_v: context.kv_type }
}

function contextOf(model: Candidate['model'], context: PlaceContext): number {
  return context.context ?? model.context.default
}

/** The largest candidate that runs whole on the GPU: the arithmetic says where to look, the estimator decides. */
function largestWhole(candidates: readonly Candidate[], context: PlaceContext): Placed | null {
  if (context.machine.gpus.length === 0) return null
  const likely = candidates.findIndex(
    (candidate) => leastOnGpu(candidate) + besideWeights(candidate, context) <= context.total_room_bytes,
  )
  if (likely < 0) return null
  for (const candidate of candidates.slice(likely)) {
    const placed = placeWhole(candidate, context)
    if (placed) return placed
  }
  return null
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
  const { model, build } = candidate
  const memory = memoryOfBuild(model.architecture, build)
  const placement = planFittingPlacement(memory, loadOf(model, context), context.machine, optionsOf(context))
  if (!placement) return null
  const whole = placement.fit === 'gpu' || placement.fit === 'multi_gpu'
  const score = candidate.merit - (whole ? 0 : placementCost(candidate, context))
  return { ...candidate, placement, context: contextOf(model, context), score }
}

/**
 * What it costs that a build does not run whole on the GPU: what does not fit there is read from system memory
 * for every token. Of a mixture of experts a token reads the active share; of token embeddings that are not the
 * output layer too it reads one row, so that they do not count.
 */
function placementCost(candidate: Candidate, context: PlaceContext): number {
  const { model, build } = candidate
  const { vocab_size, embedding_length, tied_embeddings } = model.architecture
  const embeddings = tied_embeddings ? 0 : (vocab_size * embedding_length) / model.parameters
  const read = build.bytes * Math.max(0, 1 - embeddings)
  const room = context.room_bytes
  const onHost = room > 0 ? Math.max(0, read - Math.max(0, room - besideWeights(candidate, context))) : read
  const share = (model.active_parameters ?? model.parameters) / model.parameters
  return estimatePlacementCost(Math.max(1, onHost * share))
}

/** Weights that go to the GPU are at least this much: the file less its tokenizer and its token embeddings. */
function leastOnGpu({ model, build }: Candidate): number {
  const { vocab_size, embedding_length, tied_embeddings } = model.architecture
  const embeddings = tied_embeddings ? 0 : (2 * vocab_size * embedding_length) / model.parameters
  return build.bytes * Math.max(SMALLEST_SHARE, 0.97 - embeddings)
}

/** False where all memory together is too small, which no plan can change. */
function mayFit({ build }: Candidate, context: PlaceContext): boolean {
  const ram = Math.max(0, (context.machine.ram.available_bytes ?? 0) - context.headroom_bytes)
  return build.bytes * SMALLEST_SHARE <= ram + context.room_bytes
}

/** Tensors are less than their file by tokenizer and embeddings; the estimator knows how much. */
const SMALLEST_SHARE = 0.75

const beside = new WeakMap<PlaceContext, Map<Candidate['model'], number>>()

/** What stands beside the weights on the GPU: cache, state, buffers. The same for all builds of a model. */
function besideWeights({ model, build }: Candidate, context: PlaceContext): number {
  const models = beside.get(context) ?? new Map<Candidate['model'], number>()
  const known = models.get(model)
  if (known !== undefined) return known
  const { gpu } = estimateMemory(memoryOfBuild(model.architecture, build), loadOf(model, context))
  const bytes = gpu.kv_cache_bytes + gpu.recurrent_state_bytes + gpu.compute_bytes
  beside.set(context, models.set(model, bytes))
  return bytes
}
