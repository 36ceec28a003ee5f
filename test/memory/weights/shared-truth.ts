import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Architecture } from '../../../generated/types.js'

const FOLDER = resolve(process.cwd(), '../shared/truth')
const FILE = resolve(FOLDER, 'memory.json')

export interface TruthModel {
  architecture: string
  metadata: Record<string, unknown>
  n_vocab: number
  tied_embeddings: boolean
  quantizations: Record<
    string,
    {
      tensor_bytes: number
      token_embd_bytes: number
      output_bytes: number
      per_layer_token_embd_bytes?: number
    }
  >
}

export interface TruthRow {
  model: string
  quantization: string
  gpu_layers: number | 'all'
  gpu: { weights_bytes: number }
  host: { weights_bytes: number }
}

/** Whether the measured allocations lie beside the checkout. */
export const hasTruth = existsSync(FILE)

export function readTruth(): { models: Record<string, TruthModel>; rows: TruthRow[] } {
  if (!hasTruth) return { models: {}, rows: [] }
  return JSON.parse(readFileSync(FILE, 'utf8'))
}

/** The architecture of a measured model under our own keys. */
export function architectureOf(model: TruthModel): Architecture {
  const keys = Object.entries(model.metadata).map(([key, value]) => [key.replace(/^attention\./, ''), value])
  return {
    ...Object.fromEntries(keys),
    'general.architecture': model.architecture,
    vocab_size: model.n_vocab,
    tied_embeddings: model.tied_embeddings,
  }
}

export interface HeaderDescription {
  model: string
  quantization: string
  tensors: [string, number[], string][]
}

/** A published list of tensors, `NAME.QUANT`. */
export function readHeader(name: string): HeaderDescription {
  const bytes = readFileSync(resolve(FOLDER, 'gguf', `${name}.json.gz`))
  return JSON.parse(gunzipSync(bytes).toString('utf8'))
}
