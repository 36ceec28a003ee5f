import type { ModelId, QuantizationId } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import type { Placement } from '../../memory/index.js'
import type { Verdict } from './verdict.js'
import type { KvChoice, WhatIf } from '../state/what-if.js'

/** What the page asks its worker; the pure code runs there, so that no slider ever waits for it. */
export interface Questions {
  rank: { machine: Machine; asked: WhatIf }
  place: PlaceQuestion
  plot: PlotQuestion
  /** The same as `place`, ahead of time: only the worker's own memory is after it. */
  warm: PlaceQuestion
}

export interface Answers {
  rank: Ranked
  place: readonly Placed[]
  plot: PlotForecast
  warm: number
}

export type Kind = keyof Questions

export interface PlaceQuestion {
  machine: Machine
  asked: WhatIf
  builds: readonly BuildName[]
}

/** A build over all contexts: what the plot shows does not depend on the context asked for. */
export interface PlotQuestion {
  machine: Machine | null
  kv: KvChoice
  keep_bytes: number
  build: BuildName
  /** Another build of the model, as one line. */
  compare?: QuantizationId
}

export interface BuildName {
  model: ModelId
  quantization: QuantizationId
}

/** A build with where it lands and what that means. */
export interface Placed extends BuildName {
  /** As asked for. */
  context: number
  placement: Placement
  verdict: Verdict
}

export interface RankedRow extends Placed {
  /** Place in the whole list; null where it does not fit. */
  rank: number | null
  /** True where the quality is a tie with the row above. */
  tie: boolean
}

/** The whole list, with the question that it answers. */
export interface Ranked {
  machine: Machine
  asked: WhatIf
  rows: readonly RankedRow[]
  warnings: readonly string[]
  /** Models that would fit at 32K, where nothing fits at the context asked for. */
  fitting_at_32k: number | null
}

/** What one build takes at one context, in bytes, whole on a GPU. */
export interface Sample {
  context: number
  weights: number
  kv: number
  compute: number
  overhead: number
  total: number
}

/** What one card holds of a build that is shared out over several. */
export interface CardSamples {
  index: number
  samples: readonly Sample[]
}

/** What a build that is split holds in system memory. */
export interface HostPoint {
  context: number
  bytes: number
}

export interface PlotForecast {
  question: PlotQuestion
  /** The build whole on one card. */
  samples: readonly Sample[]
  /** The build shared out, card by card; empty where one card is enough at the model's own context. */
  cards: readonly CardSamples[]
  /** The part in system memory, where one card cannot hold the build; from the least context on. */
  host: readonly HostPoint[]
  /** What another build needs in all at the contexts of `samples`. */
  compared: readonly number[]
  /** Longest context that fits whole with this cache, and with a q8_0 one; null where none does. */
  fits_up_to: number | null
  fits_up_to_q8: number | null
}

export interface Asked<K extends Kind = Kind> {
  kind: K
  id: number
  question: Questions[K]
}
