import type { Architecture } from '../../generated/types.js'
import { estimateMemory, type KvType, type LoadOptions } from '../../src/memory/index.js'
import { weightLayoutFromMix } from '../../src/memory/weights/index.js'

interface Side {
  weights_bytes: number
  kv_cache_bytes: number
  recurrent_state_bytes: number
  compute_bytes: number
  total_bytes: number
}

export interface TruthRow {
  model: string
  quantization: string
  context: number
  parallel: number
  kv_unified: boolean
  ubatch: number
  kv_type_k: KvType
  kv_type_v: KvType
  flash_attention: 'auto' | 'off'
  gpu_layers: number | 'all'
  gpu: Side
  host: Side
}

interface TruthModel {
  architecture: string
  metadata: Record<string, unknown>
  n_vocab: number
  tied_embeddings: boolean
}

export interface TruthFile {
  models: Record<string, TruthModel>
  rows: TruthRow[]
}

/** One row's deviation, as shares of the GPU total. */
export interface Deviation {
  row: TruthRow
  architecture: string
  compute: number
  total: number
  /** Cache, state and weights are equal to the byte on both sides. */
  exact: boolean
}

/** A truth model under our names: no architecture prefix, no `attention.`. */
export function architectureOf(model: TruthModel): Architecture {
  const entries = Object.entries(model.metadata).map(([key, value]) => [
    key.replace(/^attention\./, ''),
    value,
  ])
  return {
    ...Object.fromEntries(entries),
    'general.architecture': model.architecture,
    vocab_size: model.n_vocab,
    tied_embeddings: model.tied_embeddings,
  }
}

export function loadOf(row: TruthRow): LoadOptions {
  return {
    context: row.context,
    parallel: row.parallel,
    kv_unified: row.kv_unified,
    ubatch: row.ubatch,
    kv_type_k: row.kv_type_k,
    kv_type_v: row.kv_type_v,
    gpu_layers: row.gpu_layers,
    flash_attention: row.flash_attention !== 'off',
  }
}

/** Every row against our estimate; rows of builds whose mix we do not know are left out. */
export function accuracyOf(truth: TruthFile): Deviation[] {
  const architectures = new Map<string, Architecture>()
  for (const [name, model] of Object.entries(truth.models)) {
    architectures.set(name, architectureOf(model))
  }
  const deviations: Deviation[] = []
  for (const row of truth.rows) {
    const architecture = architectures.get(row.model)
    const weights = architecture && weightLayoutFromMix(architecture, row.quantization)
    if (!architecture || !weights) continue
    const { gpu, host } = estimateMemory({ architecture, weights }, loadOf(row))
    const share = (ours: number, theirs: number) => Math.abs(ours - theirs) / row.gpu.total_bytes
    deviations.push({
      row,
      architecture: architecture['general.architecture'],
      compute: share(gpu.compute_bytes, row.gpu.compute_bytes),
      total: share(gpu.total_bytes, row.gpu.total_bytes),
      exact: isExact(gpu, row.gpu) && isExact(host, row.host),
    })
  }
  return deviations
}

function isExact(ours: Side, theirs: Side): boolean {
  return (
    ours.weights_bytes === theirs.weights_bytes &&
    ours.kv_cache_bytes === theirs.kv_cache_bytes &&
    ours.recurrent_state_bytes === theirs.recurrent_state_bytes
  )
}
