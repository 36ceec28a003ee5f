export { recommend } from './recommend.js'
export { estimatePlacementCost, estimateQuantizationCost, scoreBuild } from './score.js'
export { simulateMachine } from './simulate-machine.js'
export type { NotFitting, Recommendation, RecommendOptions, RecommendResult } from './types.js'
