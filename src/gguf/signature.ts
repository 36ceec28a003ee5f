import { badFile } from './bad-file.js'
import type { Cursor } from './cursor.js'
import { HeaderEnds } from './cursor.js'

export type GgufVersion = 2 | 3

/** First bytes of things that people take for models. */
const MISTAKES: readonly (readonly [RegExp, string, string])[] = [
  [
    /^version https:\/\/git-lfs/,
    'it is a Git LFS pointer, not the model itself',
    'run git lfs pull, or download the file from its page',
  ],
  [
    /^\s*<(!doctype|html|\?xml|head)/i,
    'it is a web page, not a model',
    'a server answered with a page: download the file again',
  ],
  [/^\s*[{[]/, 'it is JSON, not a model', 'a server answered with a message: download it again'],
  [
    /^(lmgg|tjgg|fmgg|algg)/,
    'it is of the GGML format that GGUF replaced in 2023',
    'download the model in GGUF',
  ],
  [/^PK/, 'it is a zip or PyTorch file', 'convert the model to GGUF'],
]

const NOT_GGUF = 'llm-almanac reads GGUF files, whose first bytes are GGUF'

function notGguf(start: string): Error {
  const mistake = MISTAKES.find(([pattern]) => pattern.test(start))
  if (mistake) return badFile(`not a GGUF file: ${mistake[1]}`, mistake[2])
  return badFile('not a GGUF file: it does not begin with GGUF', NOT_GGUF)
}

/** The first bytes as Latin letters, as many as there are. */
async function readStart(cursor: Cursor): Promise<string> {
  const view = await cursor.take(Math.min(64, cursor.left))
  const codes = Array.from({ length: view.byteLength }, (_, index) => view.getUint8(index))
  return String.fromCharCode(...codes)
}

/**
 * Reads magic, version and byte order, and sets the cursor behind them and to that order.
 *
 * @throws {AlmanacError} `BAD_FILE` for anything but versions 2 and 3.
 */
export async function readSignature(
  cursor: Cursor,
): Promise<{ version: GgufVersion; endianness: 'little' | 'big' }> {
  if (cursor.left === 0) throw badFile('the file is empty')
  const start = await readStart(cursor)
  if (!start.startsWith('GGUF')) {
    if ('GGUF'.startsWith(start)) throw new HeaderEnds()
    throw notGguf(start)
  }
  if (start.length < 8) throw new HeaderEnds()
  cursor.rewind(4)
  const little = await cursor.uint32()
  const swapped = little > 0xffff && little % 0x10000 === 0
  if (swapped) {
    cursor.rewind(4)
    cursor.readBigEndian()
  }
  const version = swapped ? await cursor.uint32() : little
  if (version === 2 || version === 3) return { version, endianness: swapped ? 'big' : 'little' }
  throw badFile(
    `the file is GGUF version ${version}; versions 2 and 3 can be read`,
    version === 1 ? 'convert it anew: version 1 is of August 2023' : 'update llm-almanac',
  )
}
