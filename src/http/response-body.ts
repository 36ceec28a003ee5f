import type { IncomingMessage } from 'node:http'
import { pipeline, type Duplex, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { classifyError } from './classify-error.js'
import { HttpFailure } from './http-failure.js'
import type { HttpLimits } from './request-options.js'
import { shownUrl } from './shown-url.js'
import type { Watch } from './watch.js'

/** Larger than the default: fewer steps until the limit of a bomb is reached. */
const CHUNKS = { chunkSize: 256 * 1024 }

/** We never ask for compression, but a server may answer with it: the limit counts what comes out. */
const DECODERS: Readonly<Record<string, () => Duplex>> = {
  gzip: () => createGunzip(CHUNKS),
  'x-gzip': () => createGunzip(CHUNKS),
  deflate: () => createInflate(CHUNKS),
  br: () => createBrotliDecompress(CHUNKS),
}

function decoded(message: IncomingMessage, url: URL): Readable {
  const encoding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return message
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined
  if (!decoder) {
    throw new HttpFailure('bad_output', `${shownUrl(url)} sent a body in an encoding that was not asked for`)
  }
  return pipeline(message, decoder(), () => {})
}

/** The body of one response in chunks, under the limits and the clocks of its request. */
export async function* responseBody(
  message: IncomingMessage,
  watch: Watch,
  context: { url: URL; limits: HttpLimits },
): AsyncGenerator<Uint8Array, void, undefined> {
  const { url, limits } = context
  let bytes = 0
  try {
    watch.arm(limits.idle_s, 'sent nothing')
    for await (const chunk of decoded(message, url) as AsyncIterable<Uint8Array>) {
      watch.disarm()
      bytes += chunk.byteLength
      if (bytes > limits.max_body_bytes) {
        throw new HttpFailure('too_large', `${shownUrl(url)} sent more than ${limits.max_body_bytes} bytes`)
      }
      yield chunk
      watch.arm(limits.idle_s, 'sent nothing')
    }
    if (watch.failure) throw watch.failure
  } catch (error) {
    throw watch.failure ?? classifyError(error, url)
  } finally {
    watch.end()
    message.destroy()
  }
}
