import type { Machine } from '../machine.js'
import type { Detail } from './compute.js'
import type { LoadOptions, ModelMemory } from './types.js'

/** What every way of placing a model is tried with. */
export interface PlacementTask {
  model: ModelMemory
  load: LoadOptions
  machine: Machine
  headroom_bytes: number
  projector_bytes: number
  detail: Detail
}
