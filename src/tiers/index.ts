export { computeTier } from './compute-tier.js'
export type { Tier, TierDecision, TierInput } from './types.js'
