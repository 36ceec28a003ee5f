import { traitsOf } from './graph/traits-by-architecture.js'
import type { ModelShape } from './model-shape.js'

/** Plain attention stands in for graphs that are not known; others have needed less than this times its buffers. */
const UNKNOWN_GRAPH_FACTOR = 2

/** By how much a simulated buffer is raised: not at all where llama.cpp's graph of the architecture is known. */
export function boundFactor(shape: ModelShape): number {
  return traitsOf(shape.name) ? 1 : UNKNOWN_GRAPH_FACTOR
}

/** What to say of a model whose graph is not known; empty where it is. */
export function boundAssumptions(shape: ModelShape): string[] {
  if (traitsOf(shape.name)) return []
  return [`The architecture ${shape.name} is not known here: its cache and compute buffers are upper bounds.`]
}
