import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { estimateMemory, memoryOfBuild, runtimeOverhead } from '../../memory/index.js'

const known = new WeakMap<BuildRow, number>()

/**
 * Memory that a build needs whole on one GPU at the model's planned context, the runtime's own share included;
 * headroom comes on top. The same figure for every machine: an NVIDIA card is meant.
 */
export function requiredVramBytes(model: ModelRow, build: BuildRow): number {
  let bytes = known.get(build)
  if (bytes === undefined) {
    const { gpu } = estimateMemory(memoryOfBuild(model.architecture, build), {
      context: model.context.default,
    })
    bytes = gpu.total_bytes + runtimeOverhead('nvidia').bytes
    known.set(build, bytes)
  }
  return bytes
}
