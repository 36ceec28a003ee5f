import type { PartialFile } from './partial-file.js'
import type { HubFile } from './types.js'

/** The start of a file as far as it has come. */
export interface FileHead {
  path: string
  bytes: number
  /** Of the whole file, and of all parts of a split one. */
  file_bytes: number
  total_bytes: number
}

/** Judges the start of a file: `more` bytes are needed, or these were `enough`. Throws to refuse the file. */
export type Inspect = (head: FileHead) => Promise<'more' | 'enough'>

/**
 * How much more of a file's start is there at each look, and at the last one. Headers are as long as their
 * vocabulary: 2 to 11 MB in the files that the catalog names. Steps keep a refused download close to that.
 */
const LOOK_BYTES = 2 * 1024 * 1024
const LAST_LOOK_BYTES = 32 * 1024 * 1024

/** Looks at the head of a growing file as the download itself brings it, so that nothing is fetched twice. */
export class HeadInspector {
  readonly #partial: PartialFile
  readonly #file: HubFile
  #inspect: Inspect | undefined
  readonly #total: number
  #next = LOOK_BYTES

  constructor(partial: PartialFile, file: HubFile, inspect: Inspect | undefined, totalBytes: number) {
    this.#total = totalBytes
    this.#partial = partial
    this.#file = file
    this.#inspect = inspect
  }

  /** To be called whenever bytes have come. */
  look(): Promise<void> | undefined {
    const { bytes } = this.#partial
    if (!this.#inspect || bytes < Math.min(this.#next, this.#file.bytes)) return undefined
    return this.#judge(this.#inspect, bytes)
  }

  async #judge(inspect: Inspect, bytes: number): Promise<void> {
    const verdict = await inspect({
      path: this.#partial.path,
      bytes,
      file_bytes: this.#file.bytes,
      total_bytes: this.#total,
    })
    const last = bytes >= this.#file.bytes || this.#next >= LAST_LOOK_BYTES
    if (verdict === 'enough' || last) this.#inspect = undefined
    while (this.#next <= bytes) this.#next += LOOK_BYTES
  }
}
