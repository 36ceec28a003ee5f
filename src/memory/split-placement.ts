import { estimateBlockCache } from './cache.js'
import type { Device } from './devices.js'
import { normalizeLoad } from './load.js'
import { prepareModel } from './model-shape.js'
import type { PlacementTask } from './placement.js'
import type { DevicePlacement, Placement } from './placement-types.js'

/** Bytes of each layer on a device, output last, and what every device needs once. */
interface LayerBytes {
  layers: number[]
  each: number
}

/**
 * The layers of a model over several cards, shared out by free memory as llama.cpp does (`-sm layer`): each
 * card gets a run of layers in proportion to what it has free, and a compute buffer of its own. `null` where
 * one of them would overflow.
 *
 * Source: llama.cpp v0.5.0, load_tensors in src/llama-model.cpp.
 */
export function splitPlacement(
  task: PlacementTask,
  devices: readonly Device[],
  estimate: Placement['estimate'],
): Placement | null {
  const bytes = layerBytes(task, estimate)
  const needs = shareOut(bytes, devices)
  const first = needs[0]
  if (first !== undefined) needs[0] = first + task.projector_bytes
  const placed: DevicePlacement[] = devices.map((device, at) => ({
    index: device.index,
    name: device.name,
    needed_bytes: needs[at] ?? 0,
    available_bytes: device.available_bytes,
  }))
  const fits = placed.every((one) => one.needed_bytes + task.headroom_bytes <= (one.available_bytes ?? 0))
  if (!fits) return null
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return {
    fit: 'multi_gpu',
    gpu_layers: 'all',
    cpu_moe_layers: 0,
    devices: placed,
    host_bytes: estimate.host.total_bytes,
    needed_bytes: sum(placed.map((one) => one.needed_bytes)),
    available_bytes: sum(placed.map((one) => one.available_bytes ?? 0)),
    headroom_bytes: task.headroom_bytes,
    estimate,
  }
}

function layerBytes(task: PlacementTask, estimate: Placement['estimate']): LayerBytes {
  const { weights, architecture } = task.model
  const shape = prepareModel(architecture)
  const load = { ...normalizeLoad(shape, task.load), flash_attention: estimate.flash_attention }
  const layers = weights.block_bytes.map((bytes, index) => {
    const block = shape.blocks[index]
    if (!block) return bytes
    const cache = estimateBlockCache(shape, block, load)
    return bytes + cache.kv_cache_bytes + cache.recurrent_state_bytes + cache.padding_bytes
  })
  layers.push((weights.output_bytes || weights.token_embd_bytes) + weights.other_bytes)
  return { layers, each: estimate.gpu.compute_bytes }
}

/** Layer i goes to the first card whose share of the free memory reaches beyond i / layers. */
function shareOut(bytes: LayerBytes, devices: readonly Device[]): number[] {
  const free = devices.map((device) => device.available_bytes ?? 0)
  const total = free.reduce((sum, value) => sum + value, 0)
  const needs = devices.map((device) => device.overhead_bytes + bytes.each)
  bytes.layers.forEach((layer, index) => {
    let reached = 0
    let at = 0
    for (; at < free.length - 1; at++) {
      reached += (free[at] ?? 0) / Math.max(1, total)
      if (reached > index / bytes.layers.length) break
    }
    needs[at] = (needs[at] ?? 0) + layer
  })
  return needs
}
