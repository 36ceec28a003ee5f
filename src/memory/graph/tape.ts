import { ALIGNMENT_GPU, ALIGNMENT_HOST, type ComputeBytes } from './allocate.js'
import { FreeList } from './free-list.js'
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
 * of building the graph anew, and comes to the same bytes.
 */
export class AllocationTape {
  readonly #kinds: Uint8Array
  readonly #blocks: Uint16Array
  readonly #sizes: Float64Array
  readonly #starts: Float64Array
  readonly #offsets: Float64Array

  private constructor(count: number) {
    this.#kinds = new Uint8Array(count)
    this.#blocks = new Uint16Array(count)
    this.#sizes = new Float64Array(count * FORM)
    this.#starts = new Float64Array(count * FORM)
    this.#offsets = new Float64Array(count)
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

  /** Bytes of both buffers at other cells. */
  replay(at: CacheCells): ComputeBytes {
    const gpu = new FreeList(ALIGNMENT_GPU)
    const host = new FreeList(ALIGNMENT_HOST)
    for (let index = 0; index < this.#kinds.length; index++) {
      const kind = this.#kinds[index] ?? 0
      const block = this.#blocks[index] ?? 0
      const size = sumAt(this.#sizes, index * FORM, at)
      const list = kind & ON_HOST ? host : gpu
      if (kind & GIVES) list.give((this.#offsets[block] ?? 0) + sumAt(this.#starts, index * FORM, at), size)
      else this.#offsets[block] = list.take(size)
    }
    return { gpu_bytes: gpu.peak_bytes, host_bytes: host.peak_bytes }
  }
}

function sumAt(forms: Float64Array, from: number, { cells, window_cells }: CacheCells): number {
  return (forms[from] ?? 0) + (forms[from + 1] ?? 0) * cells + (forms[from + 2] ?? 0) * window_cells
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
