import { STEP_CELLS, type BufferLine } from './buffer-line.js'
import { GrowingFreeList } from './growing-free-list.js'
import { Comparisons, NO_BYTES, plus, type Growing } from './growing.js'
import type { AllocationStep } from './recording.js'
import { HOST } from './tensor.js'

/** Cells of a full and of a windowed block's cache: what a context changes in a graph, and nothing else. */
export interface CacheCells {
  cells: number
  window_cells: number
}

/** The allocator's steps for one graph at certain cells. */
export interface Sample extends CacheCells {
  steps: readonly AllocationStep[]
}

/** Per step: 0 takes and 1 gives back on the GPU, 2 and 3 on the host. */
const GIVES = 1
const ON_HOST = 2
/** Base, then growth with each cell of the full and the windowed cache. */
const FORM = 3

/**
 * The steps of one graph with every size as a sum: a base and so much for each cell. Replaying them costs a tenth
 * of building the graph anew, and gives the buffers not of one context but of a whole range.
 */
export class AllocationTape {
  readonly #kinds: Uint8Array
  readonly #blocks: Uint32Array
  readonly #sizes: Float64Array
  readonly #starts: Float64Array

  private constructor(count: number) {
    this.#kinds = new Uint8Array(count)
    this.#blocks = new Uint32Array(count)
    this.#sizes = new Float64Array(count * FORM)
    this.#starts = new Float64Array(count * FORM)
  }

  /**
   * @param first - Any context.
   * @param longer - The same graph with more or fewer cells, and as many windowed ones.
   * @param wider - The same graph with other windowed cells; `null` where no block has a window.
   * @returns `null` where the steps are not the same, so that no sum describes them.
   */
  static from(first: Sample, longer: Sample, wider: Sample | null): AllocationTape | null {
    const others = wider ? [longer, wider] : [longer]
    if (others.some((other) => !isSameSequence(first.steps, other.steps))) return null
    const tape = new AllocationTape(first.steps.length)
    first.steps.forEach((step, index) => {
      tape.#kinds[index] = (step.gives ? GIVES : 0) + (step.side === HOST ? ON_HOST : 0)
      tape.#blocks[index] = step.block
      const write = (into: Float64Array, key: 'size_bytes' | 'start_bytes') => {
        const at = (sample: Sample) => sample.steps[index]?.[key] ?? 0
        const perCell = (at(longer) - at(first)) / (longer.cells - first.cells)
        const perWindowCell = wider ? (at(wider) - at(first)) / (wider.window_cells - first.window_cells) : 0
        into[index * FORM] = at(first) - perCell * first.cells - perWindowCell * first.window_cells
        into[index * FORM + 1] = perCell
        into[index * FORM + 2] = perWindowCell
      }
      write(tape.#sizes, 'size_bytes')
      write(tape.#starts, 'start_bytes')
    })
    return tape
  }

  /**
   * Buffers from `cells` on, as far as the allocator decides alike: its every comparison says how long it holds, so
   * that the line is exact up to its end.
   *
   * @param windowLimit - Cells that a windowed block's cache has at most.
   */
  lineFrom(cells: number, windowLimit: number): BufferLine {
    const grows = cells < windowLimit
    const compare = new Comparisons(grows ? (windowLimit - cells) / STEP_CELLS : Infinity)
    const gpu = new GrowingFreeList(compare)
    const host = new GrowingFreeList(compare)
    const at = { cells, window_cells: Math.min(cells, windowLimit), windowGrows: grows }
    const offsets: Growing[] = []
    for (let index = 0; index < this.#kinds.length; index++) {
      const kind = this.#kinds[index] ?? 0
      const block = this.#blocks[index] ?? 0
      const size = growingAt(this.#sizes, index * FORM, at)
      const list = kind & ON_HOST ? host : gpu
      const offset = offsets[block] ?? NO_BYTES
      if (kind & GIVES) list.give(plus(offset, growingAt(this.#starts, index * FORM, at)), size)
      else offsets[block] = list.take(size)
    }
    return {
      from_cells: cells,
      to_cells: cells + compare.steps * STEP_CELLS,
      gpu_bytes: gpu.peak.bytes,
      gpu_step_bytes: gpu.peak.step,
      host_bytes: host.peak.bytes,
      host_step_bytes: host.peak.step,
    }
  }
}

interface GrowingCells extends CacheCells {
  /** The windowed caches are not full yet and grow with the others. */
  windowGrows: boolean
}

function growingAt(forms: Float64Array, from: number, at: GrowingCells): Growing {
  const perCell = forms[from + 1] ?? 0
  const perWindowCell = forms[from + 2] ?? 0
  return {
    bytes: (forms[from] ?? 0) + perCell * at.cells + perWindowCell * at.window_cells,
    step: STEP_CELLS * (perCell + (at.windowGrows ? perWindowCell : 0)),
  }
}

function isSameSequence(a: readonly AllocationStep[], b: readonly AllocationStep[]): boolean {
  return (
    a.length === b.length &&
    a.every((step, index) => {
      const other = b[index]
      return step.gives === other?.gives && step.side === other.side && step.block === other.block
    })
  )
}
