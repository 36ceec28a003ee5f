import type { ModelId, QuantizationId } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import type { Placement } from '../../memory/index.js'
import type { Verdict } from './verdict.js'
import type { WhatIf } from '../state/what-if.js'

/** What the page asks its worker; the pure code runs there, so that no slider ever waits for it. */
export interface Questions {
  rank: { machine: Machine; asked: WhatIf }
  place: { machine: Machine; asked: WhatIf; builds: readonly BuildName[] }
  model: { machine: Machine | null; asked: WhatIf; build: BuildName }
}

export interface Answers {
  rank: Ranked
  place: readonly Placed[]
  model: ModelForecast
}

export type Kind = keyof Questions

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

export interface ModelForecast {
  question: Questions['model']
  samples: readonly Sample[]
  /** Every build at the context asked for; empty where the machine is not known. */
  builds: readonly Placed[]
  /** Longest context that fits whole on the GPU with this cache, and with a q8_0 one; null where none does. */
  fits_up_to: number | null
  fits_up_to_q8: number | null
}

export interface Asked<K extends Kind = Kind> {
  kind: K
  id: number
  question: Questions[K]
}
