/** Different questions about one machine that are kept; a page asks a handful. */
const MAX_ANSWERS = 200
/** All kept answers together. */
const MAX_BYTES = 64 * 1024 ** 2

/**
 * Serialised answers, kept as long as the objects they were made from are the present ones. Bounded: the oldest
 * go first.
 */
export class AnswerCache {
  readonly #answers = new Map<string, { from: readonly unknown[]; body: Buffer }>()
  #bytes = 0

  /**
   * The answer to `question`, made anew where any of `from` is another object than before.
   *
   * @param question - The validated question; every spelling of it the same text.
   */
  get(question: string, from: readonly unknown[], make: () => string): Buffer {
    const known = this.#answers.get(question)
    if (known && isSame(known.from, from)) return known.body
    const body = Buffer.from(make())
    this.#remove(question)
    this.#answers.set(question, { from, body })
    this.#bytes += body.byteLength
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MAX_ANSWERS && this.#bytes <= MAX_BYTES) break
      this.#remove(oldest)
    }
    return body
  }

  clear(): void {
    this.#answers.clear()
    this.#bytes = 0
  }

  #remove(question: string): void {
    this.#bytes -= this.#answers.get(question)?.body.byteLength ?? 0
    this.#answers.delete(question)
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
