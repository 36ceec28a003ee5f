import { Answer } from './answer.js'

/** Different questions about one machine that are kept; a page asks a handful. */
const MAX_ANSWERS = 200
/** All kept answers together, before compression. */
const MAX_BYTES = 64 * 1024 ** 2

interface Kept {
  from: readonly unknown[]
  /** What all who ask meanwhile wait for; the answer itself once it is there. */
  answer: Answer | Promise<Answer>
  bytes: number
}

/**
 * Finished answers, kept as long as the objects they were made from are the present ones. Who asks the same at
 * the same time shares the work. Bounded: the oldest go first.
 */
export class AnswerCache {
  readonly #answers = new Map<string, Kept>()
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
  ): Answer | Promise<Answer> {
    const known = this.#answers.get(question)
    if (known && isSame(known.from, from)) return known.answer
    const answer = makeAnswer(make)
    const kept: Kept = { from, answer, bytes: 0 }
    this.#remove(question)
    this.#answers.set(question, kept)
    this.#shrink()
    void answer.then(
      (made) => this.#settle(question, kept, made),
      () => this.#settle(question, kept, null),
    )
    return answer
  }

  /** A failure is not kept. */
  #settle(question: string, kept: Kept, answer: Answer | null): void {
    if (this.#answers.get(question) !== kept) return
    if (!answer) return this.#remove(question)
    kept.answer = answer
    kept.bytes = answer.plain.body.byteLength
    this.#bytes += kept.bytes
    this.#shrink()
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

async function makeAnswer(make: () => string | Promise<string>): Promise<Answer> {
  return new Answer(Buffer.from(await make()))
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
