import { NO_BYTES, plus, type Comparisons, type Growing } from './growing.js'

interface Gap {
  offset: Growing
  size: Growing
}

/** Larger than any model's buffers, and still a whole number with them added. */
const OPEN_END: Growing = { bytes: Number.MAX_SAFE_INTEGER / 2, step: 0 }

/**
 * `FreeList` with bytes that grow with the context: the same decisions in the same order, each of which says how
 * far it holds.
 */
export class GrowingFreeList {
  peak: Growing = NO_BYTES
  readonly #compare: Comparisons
  readonly #gaps: Gap[] = [{ offset: NO_BYTES, size: OPEN_END }]

  constructor(compare: Comparisons) {
    this.#compare = compare
  }

  take(size: Growing): Growing {
    const at = this.#bestFor(size)
    const gap = this.#gaps[at] ?? { offset: NO_BYTES, size: OPEN_END }
    const { offset } = gap
    const isOpen = at === this.#gaps.length - 1
    if (!isOpen && this.#compare.isEqual(gap.size, size)) {
      this.#gaps.splice(at, 1)
    } else {
      const rest = { bytes: gap.size.bytes - size.bytes, step: gap.size.step - size.step }
      this.#gaps[at] = { offset: plus(offset, size), size: isOpen ? OPEN_END : rest }
    }
    const end = plus(offset, size)
    if (!this.#compare.isAtLeast(this.peak, end)) this.peak = end
    return offset
  }

  /** The last gap of the smallest that hold it, else the open end. */
  #bestFor(size: Growing): number {
    const last = this.#gaps.length - 1
    let best = last
    let bestSize: Growing | null = null
    for (let index = 0; index < last; index++) {
      const free = this.#gaps[index]?.size ?? NO_BYTES
      if (!this.#compare.isAtLeast(free, size)) continue
      if (bestSize && !this.#compare.isAtLeast(bestSize, free)) continue
      best = index
      bestSize = free
    }
    return best
  }

  give(offset: Growing, size: Growing): void {
    const gaps = this.#gaps
    const last = gaps.length - 1
    const end = plus(offset, size)
    for (let index = 0; index <= last; index++) {
      const gap = gaps[index]
      if (!gap) continue
      if (index < last && this.#compare.isEqual(plus(gap.offset, gap.size), offset)) {
        gap.size = plus(gap.size, size)
        const next = gaps[index + 1]
        if (next && this.#compare.isEqual(end, next.offset)) this.#mergeNext(index)
        return
      }
      if (this.#compare.isEqual(end, gap.offset)) {
        gaps[index] = { offset, size: index === last ? OPEN_END : plus(gap.size, size) }
        const before = gaps[index - 1]
        if (before && this.#compare.isEqual(plus(before.offset, before.size), offset)) {
          this.#mergeNext(index - 1)
        }
        return
      }
    }
    let at = 0
    while (at < gaps.length && !this.#compare.isAtLeast(gaps[at]?.offset ?? NO_BYTES, offset)) at++
    gaps.splice(at, 0, { offset, size })
  }

  #mergeNext(at: number): void {
    const gap = this.#gaps[at]
    const next = this.#gaps[at + 1]
    if (!gap || !next) return
    gap.size = at + 1 === this.#gaps.length - 1 ? OPEN_END : plus(gap.size, next.size)
    this.#gaps.splice(at + 1, 1)
  }
}
