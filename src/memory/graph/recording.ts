import type { Side, Tensor } from './tensor.js'

/** One step of the allocator: a block taken, or a part of one given back. */
export interface AllocationStep {
  gives: boolean
  side: Side
  /** Which block, counted in the order in which blocks are taken. */
  block: number
  /** Where in the block the part starts; 0 for a whole block. */
  start_bytes: number
  size_bytes: number
}

/** What the allocator did for one graph, in order, so that the same graph with other sizes need not be built again. */
export class AllocationRecording {
  readonly steps: AllocationStep[] = []
  readonly #blockOf = new Map<Tensor, number>()
  #blocks = 0

  take(tensor: Tensor, side: Side, size_bytes: number): void {
    const block = this.#blocks++
    this.#blockOf.set(tensor, block)
    this.steps.push({ gives: false, side, block, start_bytes: 0, size_bytes })
  }

  /** `tensor` is written over `source`, whose end, where it is longer, is given back. */
  reuse(tensor: Tensor, source: Tensor): void {
    this.#blockOf.set(tensor, this.#blockOf.get(source) ?? 0)
  }

  give(tensor: Tensor, part: { start_bytes: number; size_bytes: number }): void {
    const block = this.#blockOf.get(tensor) ?? 0
    this.steps.push({ gives: true, side: tensor.place, block, ...part })
  }
}
