import type { Architecture } from '../../generated/types.js'
import { isEncoder } from '../memory/weights/index.js'
import { ARCHITECTURE_KEYS } from './architecture-keys.js'
import { badFile, shownName } from './bad-file.js'
import { LIMITS } from './limits.js'
import { arrayLength, type GgufValue } from './metadata.js'
import type { GgufTensor } from './tensor-list.js'

/** Larger numbers of a model's shape are damage. */
const MAX_NUMBER = 2 ** 31

const NOT_A_MODEL = 'only files of language models can be estimated'

/** Reads numbers of one architecture out of the metadata. */
class ArchitectureReader {
  readonly #metadata: ReadonlyMap<string, GgufValue>
  readonly #prefix: string

  constructor(metadata: ReadonlyMap<string, GgufValue>, prefix: string) {
    this.#metadata = metadata
    this.#prefix = prefix
  }

  #whole(value: unknown, key: string): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_NUMBER) {
      return value
    }
    throw badFile(`${shownName(key)} is not a whole number that a model can have`)
  }

  /** A number, or with `blocks` a list of that many; `undefined` where the key is absent. */
  read(path: string, blocks?: number): number | number[] | undefined {
    const key = `${this.#prefix}.${path}`
    const value = this.#metadata.get(key)
    if (value === undefined) return undefined
    if (!Array.isArray(value)) return this.#whole(value, key)
    const numbers = value.map((item: unknown) => this.#whole(item, key))
    // A list where we keep one number: the largest is the one that memory is planned for.
    if (blocks === undefined) return Math.max(0, ...numbers)
    if (numbers.length < blocks) {
      throw badFile(`${shownName(key)} has ${numbers.length} numbers for ${blocks} blocks`)
    }
    return numbers
  }

  required(path: string): number {
    const value = this.read(path)
    if (typeof value === 'number' && value > 0) return value
    throw badFile(`the header has no ${shownName(this.#prefix)}.${path}`, NOT_A_MODEL)
  }

  /** Which blocks have a sliding window: a period, or a flag for each. */
  windowPattern(): number | boolean[] | undefined {
    const key = `${this.#prefix}.attention.sliding_window_pattern`
    const value = this.#metadata.get(key)
    if (value === undefined) return undefined
    if (Array.isArray(value)) return value.map((flag: unknown) => flag === true || flag === 1)
    return this.#whole(value, key)
  }
}

function nameOf(metadata: ReadonlyMap<string, GgufValue>): string {
  const type = metadata.get('general.type')
  const name = metadata.get('general.architecture')
  if (name === 'clip' || type === 'mmproj') {
    throw badFile('the file is a vision projector, which goes beside a model', NOT_A_MODEL)
  }
  if (type === 'adapter' || type === 'imatrix') {
    throw badFile(`the file is of type ${type}, not a model`, NOT_A_MODEL)
  }
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name)) {
    throw badFile('the header names no architecture', NOT_A_MODEL)
  }
  return name
}

/** Facts that the tensors tell and the keys do not. */
function fromTensors(name: string, tensors: readonly GgufTensor[]): Partial<Architecture> {
  const names = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  if (!names.has('token_embd.weight')) return {}
  const laurel = names.get('blk.0.laurel_l.weight')?.shape[1]
  return {
    tied_embeddings: !names.has('output.weight') && !isEncoder(name),
    attention_bias: tensors.some(({ name }) => /^blk\.\d+\.attn_(q|qkv)\.bias$/.test(name)),
    ...(laurel === undefined ? {} : { laurel_rank: laurel }),
  }
}

/** Numbers that the estimate counts up to, which a hostile file would make endless. */
function checkMost(reader: ArchitectureReader, path: string, most: number): void {
  const value = reader.read(path)
  if (typeof value === 'number' && value > most) throw badFile(`the header claims ${value} for ${path}`)
}

function vocabularySize(
  metadata: ReadonlyMap<string, GgufValue>,
  stated: unknown,
  tensors: readonly GgufTensor[],
): number {
  const tokens = arrayLength(metadata.get('tokenizer.ggml.tokens'))
  if (tokens !== null && tokens > 0) return tokens
  if (typeof stated === 'number' && stated > 0) return stated
  return tensors.find(({ name }) => name === 'token_embd.weight')?.shape[1] ?? 1
}

/**
 * The shape of the model in a file, under our own keys.
 *
 * @throws {AlmanacError} `BAD_FILE` where the file is no model, or says impossible things of it.
 */
export function parseArchitecture(
  metadata: ReadonlyMap<string, GgufValue>,
  tensors: readonly GgufTensor[],
): Architecture {
  const name = nameOf(metadata)
  const reader = new ArchitectureReader(metadata, name)
  const block_count = reader.required('block_count')
  if (block_count > LIMITS.blocks) throw badFile(`the header claims ${block_count} blocks`)
  const optional = ARCHITECTURE_KEYS.flatMap(({ name: key, path, kind }) => {
    const value = reader.read(path, kind === 'per_block' ? block_count : undefined)
    return value === undefined ? [] : [[key, value] as const]
  })
  checkMost(reader, 'expert_used_count', LIMITS.experts_used)
  checkMost(reader, 'altup.num_inputs', LIMITS.altup_inputs)
  const pattern = reader.windowPattern()
  const derived = fromTensors(name, tensors)
  return {
    ...Object.fromEntries(optional),
    ...(pattern === undefined ? {} : { sliding_window_pattern: pattern }),
    ...derived,
    'general.architecture': name,
    vocab_size: vocabularySize(metadata, reader.read('vocab_size'), tensors),
    tied_embeddings: derived.tied_embeddings ?? false,
    block_count,
    context_length: reader.required('context_length'),
    embedding_length: reader.required('embedding_length'),
  }
}
