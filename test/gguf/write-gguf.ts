/** A value with its GGUF type; arrays name the type of their elements. */
export type Typed =
  | ['u32' | 'i32' | 'f32' | 'bool' | 'u64' | 'i64' | 'f64' | 'u8', number | bigint | boolean]
  | ['string', string]
  | ['array', 'u32' | 'i32' | 'f32' | 'bool' | 'string', (number | boolean | string)[]]

export interface WrittenTensor {
  name: string
  shape: number[]
  /** GGML type by number. */
  type: number
  /** Bytes that the tensor takes. */
  bytes: number
}

export interface WrittenFile {
  version?: number
  bigEndian?: boolean
  metadata?: [string, Typed][]
  tensors?: WrittenTensor[]
  /** Bytes to leave off at the end. */
  missing?: number
}

const IDS = {
  u8: 0,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12,
}
const ALIGNMENT = 32

/** Writes numbers and texts in one byte order. */
class Writer {
  readonly #parts: Buffer[] = []
  readonly #little: boolean

  constructor(little: boolean) {
    this.#little = little
  }

  #fixed(bytes: number, put: (view: DataView) => void): void {
    const buffer = Buffer.alloc(bytes)
    put(new DataView(buffer.buffer, buffer.byteOffset, bytes))
    this.#parts.push(buffer)
  }

  raw(text: string): void {
    this.#parts.push(Buffer.from(text, 'latin1'))
  }

  u32(value: number): void {
    this.#fixed(4, (view) => view.setUint32(0, value, this.#little))
  }

  u64(value: number | bigint): void {
    this.#fixed(8, (view) => view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), this.#little))
  }

  text(text: string): void {
    const bytes = Buffer.from(text, 'utf8')
    this.u64(bytes.length)
    this.#parts.push(bytes)
  }

  scalar(type: string, value: number | bigint | boolean | string): void {
    if (type === 'string') return this.text(String(value))
    if (type === 'u64' || type === 'i64') return this.u64(BigInt(value))
    if (type === 'u8' || type === 'bool') return this.#fixed(1, (view) => view.setUint8(0, Number(value)))
    if (type === 'f32') return this.#fixed(4, (view) => view.setFloat32(0, Number(value), this.#little))
    if (type === 'f64') return this.#fixed(8, (view) => view.setFloat64(0, Number(value), this.#little))
    this.#fixed(4, (view) => view.setInt32(0, Number(value) | 0, this.#little))
  }

  padding(bytes: number): void {
    this.#parts.push(Buffer.alloc(bytes))
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

const padded = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

function writeValue(writer: Writer, value: Typed): void {
  writer.u32(IDS[value[0]])
  if (value[0] !== 'array') return writer.scalar(value[0], value[1])
  writer.u32(IDS[value[1]])
  writer.u64(value[2].length)
  for (const item of value[2]) writer.scalar(value[1], item)
}

/** A whole GGUF file with zeros for data. */
export function writeGguf(file: WrittenFile): Buffer {
  const { version = 3, metadata = [], tensors = [], missing = 0 } = file
  const writer = new Writer(file.bigEndian !== true)
  writer.raw('GGUF')
  writer.u32(version)
  writer.u64(tensors.length)
  writer.u64(metadata.length)
  for (const [key, value] of metadata) {
    writer.text(key)
    writeValue(writer, value)
  }
  let offset = 0
  for (const { name, shape, type, bytes } of tensors) {
    writer.text(name)
    writer.u32(shape.length)
    for (const length of shape) writer.u64(length)
    writer.u32(type)
    writer.u64(offset)
    offset += padded(bytes)
  }
  const header = writer.bytes.length
  writer.padding(padded(header) - header + offset)
  return writer.bytes.subarray(0, padded(header) + offset - missing)
}

/** A llama of two blocks with invented sizes, small enough to write often. */
export const SMALL_MODEL: Required<Pick<WrittenFile, 'metadata' | 'tensors'>> = {
  metadata: [
    ['general.architecture', ['string', 'llama']],
    ['general.file_type', ['u32', 15]],
    ['llama.block_count', ['u32', 2]],
    ['llama.context_length', ['u32', 4096]],
    ['llama.embedding_length', ['u32', 64]],
    ['llama.feed_forward_length', ['u32', 128]],
    ['llama.attention.head_count', ['u32', 4]],
    ['llama.attention.head_count_kv', ['array', 'i32', [2, 1]]],
    ['llama.attention.sliding_window_pattern', ['array', 'bool', [true, false]]],
    ['llama.rope.freq_base', ['f32', 10000]],
    ['tokenizer.ggml.tokens', ['array', 'string', ['<s>', 'a', 'é', '']]],
    ['tokenizer.ggml.scores', ['array', 'f32', [0, -1, -2, -3]]],
  ],
  tensors: [
    { name: 'token_embd.weight', shape: [64, 4], type: 8, bytes: 272 },
    { name: 'output_norm.weight', shape: [64], type: 0, bytes: 256 },
    { name: 'blk.0.attn_q.weight', shape: [64, 64], type: 8, bytes: 4352 },
    { name: 'blk.1.attn_q.weight', shape: [64, 64], type: 1, bytes: 8192 },
  ],
}
