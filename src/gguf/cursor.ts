import { badFile } from './bad-file.js'
import type { ByteSource } from './byte-source.js'
import { LIMITS } from './limits.js'

/** The bytes end before the header does. Not an error as long as more bytes may come. */
export class HeaderEnds extends Error {
  override readonly name = 'HeaderEnds'
}

const UTF8 = new TextDecoder()

/** Walks through a header with one chunk in memory. Every read checks that the bytes are there. */
export class Cursor {
  readonly #source: ByteSource
  #little = true
  #chunk: DataView = new DataView(new ArrayBuffer(0))
  /** Where the chunk begins in the file. */
  #start = 0
  #position = 0

  constructor(source: ByteSource) {
    this.#source = source
  }

  get position(): number {
    return this.#position
  }

  /** Bytes from here to the end of what can be read. */
  get left(): number {
    return this.#source.size - this.#position
  }

  /** Goes to an earlier place; what was read from there on is read again. */
  rewind(position: number): void {
    this.#position = position
  }

  readBigEndian(): void {
    this.#little = false
  }

  /** Index of the next byte in the chunk. */
  get #at(): number {
    return this.#position - this.#start
  }

  #has(length: number): boolean {
    return this.#at >= 0 && this.#at + length <= this.#chunk.byteLength
  }

  /** Makes sure that the next `length` bytes are in the chunk. */
  async #load(length: number): Promise<void> {
    if (this.#has(length)) return
    if (length > this.left) throw new HeaderEnds()
    if (this.#position + length > LIMITS.header_bytes) {
      throw badFile(`the header is larger than ${LIMITS.header_bytes / 1024 ** 2} MiB`)
    }
    const wanted = Math.min(Math.max(length, this.#source.chunk_bytes), this.left)
    const bytes = await this.#source.read(this.#position, wanted)
    if (bytes.byteLength < length) throw new HeaderEnds()
    this.#chunk = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#start = this.#position
  }

  /** The next `length` bytes, of which at most a chunk and a kept string are asked for. */
  async take(length: number): Promise<DataView> {
    await this.#load(length)
    const view = new DataView(this.#chunk.buffer, this.#chunk.byteOffset + this.#at, length)
    this.#position += length
    return view
  }

  async skip(length: number): Promise<void> {
    if (length > this.left) throw new HeaderEnds()
    this.#position += length
    if (this.#position > LIMITS.header_bytes) {
      throw badFile(`the header is larger than ${LIMITS.header_bytes / 1024 ** 2} MiB`)
    }
  }

  get littleEndian(): boolean {
    return this.#little
  }

  async uint32(): Promise<number> {
    return (await this.take(4)).getUint32(0, this.#little)
  }

  /** A count, length or offset: any number that JavaScript cannot count with is damage. */
  async size(): Promise<number> {
    const view = await this.take(8)
    const high = view.getUint32(this.#little ? 4 : 0, this.#little)
    const low = view.getUint32(this.#little ? 0 : 4, this.#little)
    const value = high * 2 ** 32 + low
    if (!Number.isSafeInteger(value)) throw badFile('the header holds a size beyond all bounds')
    return value
  }

  /** A string of known length. Bytes that are no UTF-8 become replacement characters. */
  async text(length: number): Promise<string> {
    return UTF8.decode(await this.take(length))
  }

  /** Passes over strings, of which a vocabulary has hundreds of thousands: without a promise for each. */
  async skipStrings(count: number): Promise<void> {
    if (count > this.left / 8) throw new HeaderEnds()
    for (let passed = 0; passed < count;) {
      await this.#load(8)
      passed += this.#skipLoadedStrings(count - passed)
    }
    if (this.left < 0) throw new HeaderEnds()
  }

  /** Passes over at most `count` strings whose lengths are in the chunk. */
  #skipLoadedStrings(count: number): number {
    let passed = 0
    let at = this.#at
    const last = this.#chunk.byteLength - 8
    while (passed < count && at <= last) {
      const high = this.#chunk.getUint32(at + (this.#little ? 4 : 0), this.#little)
      const low = this.#chunk.getUint32(at + (this.#little ? 0 : 4), this.#little)
      if (high > 0) throw new HeaderEnds()
      at += 8 + low
      passed++
    }
    this.#position = this.#start + at
    if (this.left < 0) throw new HeaderEnds()
    return passed
  }
}
