export { memoryOfBuild, type BuildSize } from './build-memory.js'
export { estimateCache, type CacheBytes, type CacheSide } from './cache.js'
export {
  llamaServerArguments,
  lmStudioSettings,
  ollamaSettings,
  type LmStudioSettings,
  type OllamaSettings,
} from './commands.js'
export { estimateCompute, type Detail } from './compute.js'
export { devicesOf, type Device } from './devices.js'
export { estimateMemory, LLAMA_CPP_VERSION } from './estimate.js'
export { bestQuantization, longestContext, type LongestContextOptions } from './inverse.js'
export type { KnownWeights } from './known-weights.js'
export { isKvType, KV_TYPES } from './kv-types.js'
export { explainLeftOutGpus } from './left-out-gpus.js'
export { normalizeLoad, type NormalizedLoad } from './load.js'
export { prepareModel, type ModelShape } from './model-shape.js'
export { runtimeOverhead, type RuntimeOverhead } from './overhead.js'
export {
  HEADROOM_BYTES,
  planFittingPlacement,
  planPlacement,
  planSharedPlacement,
  planWholePlacement,
  ramBytesOf,
} from './placement.js'
export type { DevicePlacement, Fit, Placement, PlacementOptions, SharedPlacement } from './placement-types.js'
export { NO_HOST_WEIGHTS } from './simulate-compute.js'
export { countParameters, sumOfLayout, weightLayoutOfFile } from './weights/index.js'
export type { KvType, LoadOptions, MemoryEstimate, MemorySide, ModelMemory, WeightLayout } from './types.js'
