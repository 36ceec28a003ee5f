import type { ComputeBytes } from './graph/allocate.js'
import { bytesOnLine, STEP_CELLS, type BufferLine } from './graph/buffer-line.js'
import { AllocationRecording } from './graph/recording.js'
import { AllocationTape, type CacheCells, type Sample } from './graph/tape.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'

/** Settings (all of a load but its context) that are kept for one model; a page asks for a handful. */
const MAX_SETTINGS = 16
/** Contexts, or ranges of contexts, whose results are kept for one model and settings. */
const MAX_RESULTS = 256

type Simulate = (load: NormalizedLoad, recording: AllocationRecording) => ComputeBytes

interface Kept {
  first: { sample: Sample; bytes: ComputeBytes } | null
  /** `null` until a second context is asked for; `false` where the steps of two contexts differ. */
  tape: AllocationTape | false | null
  lines: BufferLine[]
  /** By cells, where there is no tape. */
  results: Map<number, ComputeBytes>
}

/**
 * Results of graphs with everything on the GPU. The first context of a model is simulated; with the second the
 * allocator's steps are known for all others.
 */
export class KeptResults {
  readonly #models = new WeakMap<ModelShape, Map<string, Kept>>()

  get(shape: ModelShape, load: NormalizedLoad, simulate: Simulate): ComputeBytes {
    const kept = this.#keptOf(shape, load)
    const line = kept.lines.find(
      ({ from_cells, to_cells }) => from_cells <= load.cells && load.cells <= to_cells,
    )
    if (line) return bytesOnLine(line, load.cells)
    if (kept.first?.sample.cells === load.cells) return kept.first.bytes
    return kept.results.get(load.cells) ?? answer(kept, load, simulate)
  }

  #keptOf(shape: ModelShape, load: NormalizedLoad): Kept {
    const models = this.#models.get(shape) ?? new Map<string, Kept>()
    this.#models.set(shape, models)
    const key = settingsOf(load)
    let kept = models.get(key)
    if (!kept) {
      kept = { first: null, tape: null, lines: [], results: new Map() }
      if (models.size >= MAX_SETTINGS) models.clear()
      models.set(key, kept)
    }
    return kept
  }
}

/** All that decides a graph but its cells; the windowed ones follow from the others and the window. */
function settingsOf(load: NormalizedLoad): string {
  const { streams, parallel, tokens, output_rows, window_limit_cells } = load
  const numbers = `${streams},${parallel},${tokens},${output_rows},${window_limit_cells}`
  return `${numbers},${load.kv_type_k},${load.kv_type_v},${load.flash_attention},${load.transposed_values}`
}

function answer(kept: Kept, load: NormalizedLoad, simulate: Simulate): ComputeBytes {
  if (!kept.first) {
    kept.first = record(load, simulate)
    return kept.first.bytes
  }
  if (kept.tape === null) kept.tape = tapeOf(load, kept.first.sample, simulate) ?? false
  if (kept.tape) {
    const line = kept.tape.lineFrom(load.cells, load.window_limit_cells)
    if (kept.lines.length >= MAX_RESULTS) kept.lines.length = 0
    kept.lines.push(line)
    return bytesOnLine(line, load.cells)
  }
  const { bytes } = record(load, simulate)
  if (kept.results.size >= MAX_RESULTS) kept.results.clear()
  kept.results.set(load.cells, bytes)
  return bytes
}

/** The allocator's steps at every context, from those at one and at two others; `null` where they differ. */
export function tapeOf(load: NormalizedLoad, first: Sample, simulate: Simulate): AllocationTape | null {
  const at = (cells: CacheCells) => record({ ...load, ...cells }, simulate).sample
  const { cells, window_cells } = first
  const longer = at({ cells: cells + STEP_CELLS, window_cells })
  return AllocationTape.from(first, longer, at({ cells, window_cells: window_cells + STEP_CELLS }))
}

/** A load's buffers and the steps to them. */
export function record(load: NormalizedLoad, simulate: Simulate): { bytes: ComputeBytes; sample: Sample } {
  const recording = new AllocationRecording()
  const bytes = simulate(load, recording)
  return { bytes, sample: { cells: load.cells, window_cells: load.window_cells, steps: recording.steps } }
}
