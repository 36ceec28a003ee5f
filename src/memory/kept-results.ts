import type { ComputeBytes } from './graph/allocate.js'
import { AllocationRecording } from './graph/recording.js'
import { AllocationTape, type CacheCells, type Sample } from './graph/tape.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'

/** Settings (all of a load but its context) that are kept for one model; a page asks for a handful. */
const MAX_SETTINGS = 16
/** Contexts whose results are kept for one model and settings. */
const MAX_CONTEXTS = 64
/** Cells by which a third sample differs, where only both kinds of cells together have changed so far. */
const STEP_CELLS = 256

type Simulate = (load: NormalizedLoad, recording: AllocationRecording) => ComputeBytes

interface Kept {
  results: Map<string, ComputeBytes>
  first: Sample | null
  /** `null` until a second context is asked for; `false` where the steps of two contexts differ. */
  tape: AllocationTape | false | null
}

/**
 * Results of graphs with everything on the GPU. The first context of a model is simulated; with the second the
 * allocator's steps are known for all others.
 */
export class KeptResults {
  readonly #models = new WeakMap<ModelShape, Map<string, Kept>>()

  get(shape: ModelShape, load: NormalizedLoad, simulate: Simulate): ComputeBytes {
    const kept = this.#keptOf(shape, load)
    const cells = `${load.cells},${load.window_cells}`
    const known = kept.results.get(cells)
    if (known) return known
    const result = answer(kept, load, simulate)
    if (kept.results.size >= MAX_CONTEXTS) kept.results.clear()
    kept.results.set(cells, result)
    return result
  }

  #keptOf(shape: ModelShape, load: NormalizedLoad): Kept {
    const models = this.#models.get(shape) ?? new Map<string, Kept>()
    this.#models.set(shape, models)
    const key = settingsOf(load)
    let kept = models.get(key)
    if (!kept) {
      kept = { results: new Map(), first: null, tape: null }
      if (models.size >= MAX_SETTINGS) models.clear()
      models.set(key, kept)
    }
    return kept
  }
}

function settingsOf(load: NormalizedLoad): string {
  const { streams, parallel, tokens, output_rows } = load
  const numbers = `${streams},${parallel},${tokens},${output_rows}`
  return `${numbers},${load.kv_type_k},${load.kv_type_v},${load.flash_attention},${load.transposed_values}`
}

function answer(kept: Kept, load: NormalizedLoad, simulate: Simulate): ComputeBytes {
  if (kept.tape) return kept.tape.replay(load)
  const { bytes, sample } = record(load, simulate)
  if (!kept.first) kept.first = sample
  else if (kept.tape === null && sample.cells !== kept.first.cells) {
    kept.tape = makeTape(kept.first, sample, (cells) => record({ ...load, ...cells }, simulate).sample)
  }
  return bytes
}

function makeTape(
  first: Sample,
  second: Sample,
  sampleAt: (cells: CacheCells) => Sample,
): AllocationTape | false {
  const { cells, window_cells } = first
  const longer =
    second.window_cells === window_cells ? second : sampleAt({ cells: second.cells, window_cells })
  const wider = sampleAt({ cells, window_cells: window_cells + STEP_CELLS })
  return AllocationTape.from(first, longer, wider) ?? false
}

function record(load: NormalizedLoad, simulate: Simulate): { bytes: ComputeBytes; sample: Sample } {
  const recording = new AllocationRecording()
  const bytes = simulate(load, recording)
  return { bytes, sample: { cells: load.cells, window_cells: load.window_cells, steps: recording.steps } }
}
