import { isQuantizedKv } from './kv-types.js'
import type { Placement } from './placement-types.js'
import { tensorSplitShares } from './split-layers.js'
import type { LoadOptions } from './types.js'

/**
 * The `llama-server` call that realises a plan, as an argument array.
 *
 * @example llamaServerArguments('m.gguf', load, placement) // ['llama-server', '-m', 'm.gguf', '-ngl', '99', '-c', '8192', …]
 */
export function llamaServerArguments(file: string, load: LoadOptions, placement: Placement): string[] {
  const { estimate, devices } = placement
  const layers = placement.gpu_layers === 'all' ? '999' : String(placement.gpu_layers)
  const argv = ['llama-server', '-m', file, '-ngl', layers, '-c', String(load.context)]
  argv.push('-np', String(load.parallel ?? 1))
  if (load.kv_unified) argv.push('-kvu')
  if (load.ubatch !== undefined) argv.push('-ub', String(load.ubatch))
  if (placement.cpu_moe_layers > 0) argv.push('--n-cpu-moe', String(placement.cpu_moe_layers))
  if (estimate.kv_type_k !== 'f16') argv.push('-ctk', estimate.kv_type_k)
  if (estimate.kv_type_v !== 'f16') argv.push('-ctv', estimate.kv_type_v)
  argv.push('-fa', estimate.flash_attention ? 'on' : 'off')
  if (placement.fit === 'multi_gpu') argv.push('--tensor-split', tensorSplit(placement))
  else if (devices.length === 1) argv.push('--main-gpu', String(devices[0]?.index ?? 0), '-sm', 'none')
  else argv.push('--device', 'none')
  return argv
}

/** A share for every card up to the last that is used; 0 for those between that are not. */
function tensorSplit({ devices }: Placement): string {
  const last = Math.max(...devices.map((device) => device.index))
  const bytes = Array.from(
    { length: last + 1 },
    (_, index) => devices.find((one) => one.index === index)?.available_bytes ?? 0,
  )
  return tensorSplitShares(bytes)
    .map((share) => share.toFixed(1))
    .join(',')
}

/** Settings of Ollama: what a request or Modelfile sets, and what the server's environment does. */
export interface OllamaSettings {
  options: { num_ctx: number; num_gpu: number }
  environment: Record<string, string>
}

/** Ollama has one cache type for K and V, and counts the context of a slot. */
export function ollamaSettings(load: LoadOptions, placement: Placement, blockCount: number): OllamaSettings {
  const { estimate } = placement
  const slots = load.parallel ?? 1
  const environment: Record<string, string> = {}
  if (estimate.flash_attention) environment['OLLAMA_FLASH_ATTENTION'] = '1'
  if (isQuantizedKv(estimate.kv_type_k)) {
    environment['OLLAMA_KV_CACHE_TYPE'] = estimate.kv_type_k === 'q8_0' ? 'q8_0' : 'q4_0'
  }
  if (slots > 1) environment['OLLAMA_NUM_PARALLEL'] = String(slots)
  const layers = placement.gpu_layers === 'all' ? blockCount + 1 : placement.gpu_layers
  return { options: { num_ctx: Math.floor(load.context / slots), num_gpu: layers }, environment }
}

/** LM Studio's load settings, as its SDK names them. */
export interface LmStudioSettings {
  contextLength: number
  gpu: { ratio: number | 'max' | 'off' }
  flashAttention: boolean
  llamaKCacheQuantizationType: string | false
  llamaVCacheQuantizationType: string | false
}

export function lmStudioSettings(
  load: LoadOptions,
  placement: Placement,
  blockCount: number,
): LmStudioSettings {
  const { estimate, gpu_layers } = placement
  const ratio = gpu_layers === 'all' ? 'max' : gpu_layers === 0 ? 'off' : gpu_layers / (blockCount + 1)
  return {
    contextLength: load.context,
    gpu: { ratio },
    flashAttention: estimate.flash_attention,
    llamaKCacheQuantizationType: estimate.kv_type_k === 'f16' ? false : estimate.kv_type_k,
    llamaVCacheQuantizationType: estimate.kv_type_v === 'f16' ? false : estimate.kv_type_v,
  }
}
