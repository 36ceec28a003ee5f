import { findBuild, getModel } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import type { Placement } from '../../memory/index.js'
import { recommend } from '../../recommend/index.js'
import type { RecommendResult } from '../../recommend/index.js'
import { keepBytes } from '../state/what-if.js'
import type { WhatIf } from '../state/what-if.js'
import { placeBuild } from './place-build.js'
import type { BuildName, Placed, Questions, Ranked, RankedRow } from './protocol.js'
import { judge } from './verdict.js'

const SMALLER_CONTEXT = 32_768

/** The ranking of the whole catalog, by the same function as everywhere; the page itself never ranks. */
export function rankCatalog({ machine, asked }: Questions['rank']): Ranked {
  const result = rank(machine, asked)
  const rows = [
    ...result.recommendations.flatMap(({ rank: place, tie, placement, ...row }): RankedRow[] =>
      judgeOne(row, { machine, asked }, placement).map((placed) => ({ ...placed, rank: place, tie })),
    ),
    ...(result.not_fitting ?? []).flatMap((row): RankedRow[] =>
      judgeOne(row, { machine, asked }).map((placed) => ({ ...placed, rank: null, tie: false })),
    ),
  ]
  const empty = result.recommendations.length === 0 && (asked.context ?? 0) > SMALLER_CONTEXT
  const fitting = empty ? rank(machine, { ...asked, context: SMALLER_CONTEXT }).recommendations.length : null
  return { machine, asked, rows, warnings: result.warnings, fitting_at_32k: fitting }
}

function rank(machine: Machine, asked: WhatIf): RecommendResult {
  return recommend(machine, {
    kv_type: asked.kv,
    headroom_bytes: keepBytes(asked),
    include_not_fitting: true,
    ...(asked.context === undefined ? {} : { context: asked.context }),
  })
}

export function placeAll({ machine, asked, builds }: Questions['place']): Placed[] {
  return builds.flatMap((name) => judgeOne(name, { machine, asked }))
}

/** A build with its verdict; planned here where nobody has planned it yet. */
function judgeOne(
  { model: id, quantization }: BuildName,
  question: Questions['rank'],
  planned?: Placement,
): Placed[] {
  const { machine, asked } = question
  const model = getModel(id)
  const build = findBuild(model, quantization)
  if (!build) return []
  const context = asked.context ?? model.context.default
  const placement = planned ?? placeBuild(model, build, machine, asked)
  const verdict = judge({ model, build, context, placement }, machine, asked)
  return [{ model: id, quantization, context, placement, verdict }]
}
