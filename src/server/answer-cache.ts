/** Different questions about one machine that are kept; a page asks a handful. */
const MAX_ANSWERS = 200
/** All kept answers together. */
const MAX_BYTES = 64 * 1024 ** 2

interface Answer {
  from: readonly unknown[]
  /** What all who ask meanwhile wait for; the body itself once it is there. */
  body: Buffer | Promise<Buffer>
  bytes: number
}

/**
 * Serialised answers, kept as long as the objects they were made from are the present ones. Who asks the same at
 * the same time shares the work. Bounded: the oldest go first.
 */
export class AnswerCache {
  readonly #answers = new Map<string, Answer>()
  #bytes = 0

  /**
   * The answer to `question`, made anew where any of `from` is another object than before.
   *
   * @param question - The validated question; every spelling of it the same text.
   */
  get(
    question: string,
    from: readonly unknown[],
    make: () => string | Promise<string>,
  ): Buffer | Promise<Buffer> {
    const known = this.#answers.get(question)
    if (known && isSame(known.from, from)) return known.body
    const answer: Answer = { from, body: Buffer.alloc(0), bytes: 0 }
    answer.body = this.#make(question, answer, make)
    this.#remove(question)
    this.#answers.set(question, answer)
    this.#shrink()
    return answer.body
  }

  clear(): void {
    this.#answers.clear()
    this.#bytes = 0
  }

  async #make(question: string, answer: Answer, make: () => string | Promise<string>): Promise<Buffer> {
    try {
      const body = Buffer.from(await make())
      if (this.#answers.get(question) === answer) {
        Object.assign(answer, { body, bytes: body.byteLength })
        this.#bytes += body.byteLength
        this.#shrink()
      }
      return body
    } catch (error) {
      if (this.#answers.get(question) === answer) this.#remove(question)
      throw error
    }
  }

  #shrink(): void {
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MAX_ANSWERS && this.#bytes <= MAX_BYTES) break
      this.#remove(oldest)
    }
  }

  #remove(question: string): void {
    this.#bytes -= this.#answers.get(question)?.bytes ?? 0
    this.#answers.delete(question)
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
