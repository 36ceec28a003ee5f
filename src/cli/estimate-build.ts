import type { BuildRow, ModelRow } from '../catalog/index.js'
import { estimateMemory, memoryOfBuild } from '../memory/index.js'
import type { LoadOptions, MemoryEstimate } from '../memory/index.js'

/** What llama.cpp allocates for a catalog build. */
export function estimateBuild(model: ModelRow, build: BuildRow, load: LoadOptions): MemoryEstimate {
  return estimateMemory(memoryOfBuild(model.architecture, build), load)
}
