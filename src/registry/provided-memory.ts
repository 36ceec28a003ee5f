import type { Architecture } from '../../generated/types.js'
import { AlmanacError } from '../errors.js'
import { parseArchitecture } from '../gguf/index.js'
import type { GgufValue } from '../gguf/index.js'
import { weightLayoutOfFile } from '../memory/index.js'
import type { ModelMemory } from '../memory/index.js'
import type { ProviderModel } from '../providers/index.js'
import { inferVocabulary } from './infer-vocabulary.js'

type Provided = Pick<ProviderModel, 'gguf' | 'size_bytes' | 'quantization' | 'parameters'>

/** Files of one model; a person has a handful. */
const MAX_KEPT = 50

/** By what describes the model: an adapter keeps one header for each digest, the catalog one shape for each model. */
const kept = new WeakMap<object, Map<string, ModelMemory | null>>()

/**
 * The estimator's input for a file that the catalog does not list: weights shared out so that they sum up to the size
 * on disk. The shape is the catalog's where only the file is unknown, else that of the header that the provider shows.
 * A vision projector is part of the size on disk, so the need is then a little overstated.
 *
 * @param listed - Shape of the catalog model that the name means.
 * @returns `null` where the size or the header is not shown, a list that memory depends on is hidden, or the header
 * says impossible things.
 */
export function memoryOfProvided(model: Provided, listed?: Architecture): ModelMemory | null {
  const { size_bytes, quantization } = model
  const source = listed ?? model.gguf
  if (source === null || size_bytes === null) return null
  const known = kept.get(source) ?? new Map<string, ModelMemory | null>()
  if (known.size >= MAX_KEPT) known.clear()
  kept.set(source, known)
  const key = `${size_bytes} ${quantization}`
  let memory = known.get(key)
  if (memory === undefined) {
    const architecture = listed ?? readArchitecture(model)
    const weights =
      architecture && weightLayoutOfFile(architecture, quantization ?? '', { bytes: size_bytes })
    memory = architecture && weights && { architecture, weights }
    known.set(key, memory)
  }
  return memory
}

function readArchitecture({ gguf, parameters }: Provided): Architecture | null {
  const header = ggufValues(gguf ?? {})
  try {
    const shape = parseArchitecture(header, [])
    return { ...shape, ...inferVocabulary(shape, header, parameters) }
  } catch (error) {
    if (error instanceof AlmanacError) return null
    throw error
  }
}

/** What of a JSON object can be a header's values. `null` stays: it is a list that the provider does not show. */
function ggufValues(record: Readonly<Record<string, unknown>>): Map<string, GgufValue> {
  const entries = Object.entries(record).flatMap(([key, value]): [string, GgufValue][] => {
    const narrowed = ggufValue(value)
    return narrowed === undefined ? [] : [[key, narrowed]]
  })
  return new Map(entries)
}

function ggufValue(value: unknown): GgufValue | undefined {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'boolean') return value
  if (!Array.isArray(value)) return undefined
  return value.flatMap((item) => ggufValue(item) ?? [])
}
