/**
 * Best-fit free list of one buffer, as ggml's dynamic tensor allocator keeps it: sorted by address,
 * neighbours merged, the open end used only where no gap is large enough.
 *
 * Source: llama.cpp v0.5.0, ggml/src/ggml-alloc.c.
 */
export class FreeList {
  /** The most that was ever in use: the size of the buffer. */
  peak_bytes = 0
  readonly #alignment: number
  readonly #offsets: number[] = [0]
  readonly #sizes: number[] = [Number.MAX_SAFE_INTEGER]

  constructor(alignment: number) {
    this.#alignment = alignment
  }

  align(bytes: number): number {
    return Math.ceil(bytes / this.#alignment) * this.#alignment
  }

  take(bytes: number): number {
    const size = this.align(bytes)
    const last = this.#sizes.length - 1
    let best = last
    let bestSize = Infinity
    for (let i = 0; i < last; i++) {
      const free = this.#sizes[i] ?? 0
      if (free >= size && free <= bestSize) {
        best = i
        bestSize = free
      }
    }
    const offset = this.#offsets[best] ?? 0
    const rest = (this.#sizes[best] ?? 0) - size
    if (rest === 0) {
      this.#remove(best)
    } else {
      this.#offsets[best] = offset + size
      this.#sizes[best] = rest
    }
    if (offset + size > this.peak_bytes) this.peak_bytes = offset + size
    return offset
  }

  /**
   * Gives memory back. Empty tensors leave empty blocks behind, and those keep neighbours from merging:
   * the order of the checks is ggml's.
   */
  give(offset: number, bytes: number): void {
    const size = this.align(bytes)
    const offsets = this.#offsets
    const sizes = this.#sizes
    for (let i = 0; i < offsets.length; i++) {
      const start = offsets[i] ?? 0
      const end = start + (sizes[i] ?? 0)
      if (end === offset) {
        sizes[i] = (sizes[i] ?? 0) + size
        if (end + size === offsets[i + 1]) this.#mergeNext(i)
        return
      }
      if (offset + size === start) {
        offsets[i] = offset
        sizes[i] = (sizes[i] ?? 0) + size
        if (i > 0 && (offsets[i - 1] ?? 0) + (sizes[i - 1] ?? 0) === offset) this.#mergeNext(i - 1)
        return
      }
    }
    let at = 0
    while (at < offsets.length && (offsets[at] ?? 0) < offset) at++
    for (let i = offsets.length; i > at; i--) {
      offsets[i] = offsets[i - 1] ?? 0
      sizes[i] = sizes[i - 1] ?? 0
    }
    offsets[at] = offset
    sizes[at] = size
  }

  #mergeNext(at: number): void {
    this.#sizes[at] = (this.#sizes[at] ?? 0) + (this.#sizes[at + 1] ?? 0)
    this.#remove(at + 1)
  }

  #remove(at: number): void {
    const last = this.#offsets.length - 1
    for (let i = at; i < last; i++) {
      this.#offsets[i] = this.#offsets[i + 1] ?? 0
      this.#sizes[i] = this.#sizes[i + 1] ?? 0
    }
    this.#offsets.length = last
    this.#sizes.length = last
  }
}
