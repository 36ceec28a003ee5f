import type { ComputeBytes } from './graph/allocate.js'
import { bytesOnLine, STEP_CELLS, type BufferLine } from './graph/buffer-line.js'
import { AllocationRecording } from './graph/recording.js'
import { AllocationTape, type CacheCells, type Sample } from './graph/tape.js'
import type { NormalizedLoad } from './load.js'

/** Contexts, or ranges of contexts, whose results are kept for one graph. */
const MAX_RESULTS = 256

/** A graph but for its context. */
export interface Graph {
  /** Some block has a window. */
  windowed: boolean
  simulate(load: NormalizedLoad, recording?: AllocationRecording): ComputeBytes
}

/** What is known of one graph: a model in all settings of a load but its context. */
interface Kept {
  first: { cells: CacheCells; bytes: ComputeBytes } | null
  /** `null` until a second context is asked for; `false` where the steps of two contexts differ. */
  tape: AllocationTape | false | null
  lines: BufferLine[]
  /** By cells, where there is no tape. */
  results: Map<number, ComputeBytes>
}

/**
 * Results of graphs. The first context of a graph is simulated; with the second the allocator's steps are known for
 * all others.
 */
export class KeptResults {
  readonly #graphs = new WeakMap<object, Map<string, Kept>>()
  readonly #most: number

  /** @param most - Graphs that are kept for one owner; a page asks for a handful. */
  constructor(most: number) {
    this.#most = most
  }

  /** @param owner - What the graph depends on beside the load: a model's shape, or its weights. */
  get(owner: object, load: NormalizedLoad, graph: Graph): ComputeBytes {
    const kept = this.#keptOf(owner, load)
    const { cells } = load
    const line = kept.lines.find(({ from_cells, to_cells }) => from_cells <= cells && cells <= to_cells)
    if (line) return bytesOnLine(line, cells)
    if (kept.first?.cells.cells === cells) return kept.first.bytes
    return kept.results.get(cells) ?? answer(kept, load, graph)
  }

  #keptOf(owner: object, load: NormalizedLoad): Kept {
    const graphs = this.#graphs.get(owner) ?? new Map<string, Kept>()
    this.#graphs.set(owner, graphs)
    const key = settingsOf(load)
    let kept = graphs.get(key)
    if (!kept) {
      kept = { first: null, tape: null, lines: [], results: new Map() }
      if (graphs.size >= this.#most) graphs.clear()
      graphs.set(key, kept)
    }
    return kept
  }
}

/** All that decides a graph but its cells; the windowed ones follow from the others and the window. */
function settingsOf(load: NormalizedLoad): string {
  const { streams, parallel, tokens, output_rows, window_limit_cells } = load
  const { first_gpu_block, cpu_moe_layers, output_on_gpu } = load
  const numbers = `${streams},${parallel},${tokens},${output_rows},${window_limit_cells}`
  const split = `${first_gpu_block},${cpu_moe_layers},${output_on_gpu}`
  const cache = `${load.kv_type_k},${load.kv_type_v},${load.flash_attention},${load.transposed_values}`
  return `${numbers},${split},${cache}`
}

function answer(kept: Kept, load: NormalizedLoad, graph: Graph): ComputeBytes {
  const { cells, window_cells } = load
  if (!kept.first) {
    kept.first = { cells: { cells, window_cells }, bytes: graph.simulate(load) }
    return kept.first.bytes
  }
  kept.tape ??= tapeOf(load, kept.first.cells, graph) ?? false
  if (kept.tape) {
    const line = kept.tape.lineFrom(cells, load.window_limit_cells)
    if (kept.lines.length >= MAX_RESULTS) kept.lines.length = 0
    kept.lines.push(line)
    return bytesOnLine(line, cells)
  }
  const bytes = graph.simulate(load)
  if (kept.results.size >= MAX_RESULTS) kept.results.clear()
  kept.results.set(cells, bytes)
  return bytes
}

/** The allocator's steps at every context, from those at two or three; `null` where they differ. */
export function tapeOf(load: NormalizedLoad, at: CacheCells, graph: Graph): AllocationTape | null {
  const record = (cells: CacheCells): Sample => {
    const recording = new AllocationRecording()
    graph.simulate({ ...load, ...cells }, recording)
    return { ...cells, steps: recording.steps }
  }
  const { cells, window_cells } = at
  const longer = record({ cells: cells + STEP_CELLS, window_cells })
  const wider = graph.windowed ? record({ cells, window_cells: window_cells + STEP_CELLS }) : null
  return AllocationTape.from(record({ cells, window_cells }), longer, wider)
}
