import { listModels } from '../catalog/index.js'
import type { ModelRow } from '../catalog/index.js'
import type { Machine } from '../machine.js'
import { HEADROOM_BYTES } from '../memory/index.js'
import { listAllCandidates, listCandidates } from './candidates.js'
import { placeContext } from './place-context.js'
import { placeBest, placeEach } from './place.js'
import type { Placed } from './place.js'
import { explainMisfit, explainPlaced, warnAboutMachine, warnAboutPlaced } from './reasons.js'
import type { NotFitting, Recommendation, RecommendOptions, RecommendResult } from './types.js'

/** Gaps of the quality index below this are ties. */
const TIE_POINTS = 3
const TIER_ORDER = ['verified', 'compatible', 'experimental'] as const

/**
 * Ranks the catalog's builds for a machine: which run there at the context asked for, best answer first.
 *
 * A pure function of the machine and the catalog, so that the CLI, the HTTP API and the web page say the
 * same. Memory is compared with what is free on each device, less the headroom; see src/recommend/score.ts
 * for the ranking. Embedding models, models without a local build, and models whose trained context is below
 * the one asked for are never recommended.
 *
 * @param machine - As `hardware --json` prints it.
 * @param models - Rows to choose from; default: the whole catalog.
 * @returns An empty list where nothing fits; never throws for a machine without a GPU.
 */
export function recommend(
  machine: Machine,
  options: RecommendOptions = {},
  models: readonly ModelRow[] = listModels(),
): RecommendResult {
  const context = placeContext({
    machine,
    context: options.context,
    kv_type: options.kv_type ?? 'f16',
    headroom_bytes: options.headroom_bytes ?? HEADROOM_BYTES,
  })
  const tools = options.tools ?? 'first'
  const placed: Placed[] = []
  const misfits: NotFitting[] = []
  for (const model of models) {
    if (!isWanted(model, options)) continue
    const candidates = options.all_builds ? listAllCandidates(model, tools) : listCandidates(model, tools)
    const tooLong = options.context !== undefined && options.context > model.context.max
    const fitting = tooLong
      ? []
      : options.all_builds
        ? placeEach(candidates, context)
        : placeBest(candidates, context)
    placed.push(...fitting)
    if (fitting.length === 0 && options.include_not_fitting) {
      const misfit = explainMisfit(candidates, context)
      if (misfit) misfits.push(misfit)
    }
  }
  const result: RecommendResult = {
    machine,
    context: options.context ?? null,
    kv_type: context.kv_type,
    recommendations: rank(placed, options.limit),
    warnings: warnAboutMachine(machine, placed, context.headroom_bytes),
  }
  if (options.include_not_fitting)
    result.not_fitting = misfits.sort((a, b) => a.needed_bytes - b.needed_bytes)
  return result
}

function isWanted(model: ModelRow, options: RecommendOptions): boolean {
  if (model.kind !== 'chat' || model.builds.length === 0) return false
  if (options.family !== undefined && model.family !== options.family) return false
  const least = options.minimum_tier
  return least === undefined || TIER_ORDER.indexOf(model.tier) <= TIER_ORDER.indexOf(least)
}

function rank(placed: Placed[], limit = Infinity): Recommendation[] {
  const sorted = placed.sort(
    (a, b) =>
      b.score - a.score ||
      a.placement.needed_bytes - b.placement.needed_bytes ||
      (a.model.id < b.model.id ? -1 : 1),
  )
  const rows: Recommendation[] = []
  for (const item of sorted.slice(0, limit)) rows.push(toRow(item, rows.length + 1, sorted[rows.length - 1]))
  return rows
}

function toRow(item: Placed, place: number, above: Placed | undefined): Recommendation {
  const { model, build, placement } = item
  const tie = above !== undefined && isTie(above, item)
  return {
    rank: place,
    model: model.id,
    quantization: build.quantization,
    tier: model.tier,
    fit: placement.fit,
    placement,
    needed_bytes: placement.needed_bytes,
    available_bytes: placement.available_bytes,
    headroom_bytes: placement.available_bytes - placement.needed_bytes,
    context: item.context,
    quality: model.quality?.index ?? null,
    score: Math.round(item.score * 100) / 100,
    tie,
    why: explainPlaced(item, tie),
    warnings: warnAboutPlaced(item),
  }
}

function isTie(above: Placed, item: Placed): boolean {
  const a = above.model.quality?.index
  const b = item.model.quality?.index
  return a !== undefined && b !== undefined && above.model !== item.model && Math.abs(a - b) < TIE_POINTS
}
