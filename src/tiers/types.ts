import type { Evidence, TierRule } from '../../generated/types.js'

export type { Evidence, TierRule }

export type Tier = 'verified' | 'compatible' | 'experimental'

/** What the rule looks at. */
export interface TierInput {
  kind: 'chat' | 'embedding'
  /** Whether the official chat template supports tools; `null` where nobody says. */
  tools: boolean | null
  parameters: number
  evidence?: readonly Evidence[]
  /** A runtime knows the model's own tool-call format; else the evidence says so. */
  native_format?: boolean
}

/** A tier with the sentence and the observations that explain it. */
export interface TierDecision {
  tier: Tier
  /** One sentence for people. */
  reason: string
  decided_by: Evidence[]
}
