import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Coding } from './accepted-coding.js'

/** Below this, the headers weigh as much as what compression saves. */
const MIN_COMPRESSED_BYTES = 1024
/** Images and fonts are compressed as they are. */
const COMPRESSIBLE = /^(text\/|application\/|image\/svg)/
/** Brotli's usual default of 11 takes a second for a megabyte; 5 is as quick as gzip and smaller. */
const BROTLI_QUALITY = 5

const compress: Readonly<Record<Coding, (body: Buffer) => Promise<Buffer>>> = {
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
      },
    }),
  gzip: promisify(gzip),
}

/** The bytes of one coding of an answer, and the validator that names exactly them. */
export interface Coded {
  body: Buffer
  etag: string
  coding: Coding | null
}

/** A body that is sent many times: written, hashed and compressed once, each when first asked for. */
export class Answer {
  readonly plain: Coded
  readonly type: string
  readonly #coded = new Map<Coding, Promise<Coded>>()

  /** @param known - `type`, if it is not JSON; `gzip`: the body as it was compressed before. */
  constructor(body: Buffer, known: { type?: string; gzip?: Buffer } = {}) {
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 24)
    this.plain = { body, etag: `"${hash}"`, coding: null }
    this.type = known.type ?? 'application/json; charset=utf-8'
    if (known.gzip) this.#coded.set('gzip', Promise.resolve(this.#named('gzip', known.gzip)))
  }

  get isCompressible(): boolean {
    if (this.#coded.size > 0) return true
    return this.plain.body.byteLength >= MIN_COMPRESSED_BYTES && COMPRESSIBLE.test(this.type)
  }

  /** The answer in one coding; the work is done off the event loop and shared by all who ask. */
  coded(coding: Coding): Promise<Coded> {
    let coded = this.#coded.get(coding)
    if (!coded) this.#coded.set(coding, (coded = this.#compress(coding)))
    return coded
  }

  async #compress(coding: Coding): Promise<Coded> {
    return this.#named(coding, await compress[coding](this.plain.body))
  }

  #named(coding: Coding, body: Buffer): Coded {
    return { body, etag: `${this.plain.etag.slice(0, -1)}-${coding}"`, coding }
  }
}
