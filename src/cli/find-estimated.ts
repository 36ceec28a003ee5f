import { USUAL_CONTEXT } from '../../generated/providers.js'
import type { ModelMemory } from '../memory/index.js'
import { memoryOfBuild } from '../memory/index.js'
import { AlmanacError } from '../errors.js'
import { findNamedBuild } from './find-build.js'
import type { Io } from './io.js'

/** What an estimate is about. */
export interface Estimated {
  /** Catalog id, or null for a file that is not in the catalog. */
  model: string | null
  name: string
  quantization: string | null
  memory: ModelMemory
  default_context: number
  notes: string[]
}

/** Finds the model or reads the file that `estimate` was given. */
export async function findEstimated(spec: string, io: Io): Promise<Estimated> {
  if (spec.startsWith('hf:'))
    return readHeader(spec, async (gguf) => gguf.fetchGguf(spec, { env: io.env, signal: io.signal }))
  if (/\.gguf$/i.test(spec)) return readHeader(spec, async (gguf) => gguf.readGgufFile(spec))
  const { model, build } = await findNamedBuild(spec).catch((error: unknown) => {
    throw /[\\/]/.test(spec) ? notAFile(spec, error) : error
  })
  const shown =
    build.bytes_basis === 'computed'
      ? ['The file size is computed from the architecture and the quantization mix.']
      : []
  return {
    model: model.id,
    name: model.name,
    quantization: build.quantization,
    memory: memoryOfBuild(model.architecture, build),
    default_context: model.context.default,
    notes: shown,
  }
}

function notAFile(spec: string, cause: unknown): AlmanacError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return new AlmanacError(
    'UNKNOWN_MODEL',
    message,
    `a file must end in .gguf, a file on Hugging Face is hf:${spec}/FILE.gguf`,
  )
}

type GgufRoom = typeof import('../gguf/index.js')

async function readHeader(
  spec: string,
  read: (gguf: GgufRoom) => ReturnType<GgufRoom['readGgufFile']>,
): Promise<Estimated> {
  const header = await read(await import('../gguf/index.js'))
  const { architecture, weights } = header
  return {
    model: null,
    name: spec,
    quantization: header.quantization ?? null,
    memory: { architecture, weights },
    default_context: Math.min(architecture.context_length, USUAL_CONTEXT),
    notes: [],
  }
}
