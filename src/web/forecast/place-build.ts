import type { BuildRow, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { memoryOfBuild, planPlacement } from '../../memory/index.js'
import type { Placement } from '../../memory/index.js'
import { loadOf } from './load-of.js'
import { keepBytes } from '../state/what-if.js'
import type { WhatIf } from '../state/what-if.js'

/**
 * Where a build lands at a what-if, sized as the ranking sizes it; a context above the model's own is planned at
 * the longest it has.
 */
export function placeBuild(model: ModelRow, build: BuildRow, here: Machine, asked: WhatIf): Placement {
  return planPlacement(memoryOfBuild(model.architecture, build), loadOf(model, asked), here, {
    headroom_bytes: keepBytes(asked),
    detail: 'representative',
  })
}
