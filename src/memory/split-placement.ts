import { forSeveralDevices } from './assumptions.js'
import { estimateBlockCache } from './cache.js'
import type { Device } from './devices.js'
import { normalizeLoad } from './load.js'
import { prepareModel } from './model-shape.js'
import type { PlacementTask } from './placement-task.js'
import type { Placement, SharedPlacement } from './placement-types.js'
import { estimateSplitCompute, type SplitCompute } from './split-compute.js'
import { devicesOfLayers, tensorSplitShares } from './split-layers.js'
import { placeSplitWeights } from './weights/index.js'

/**
 * The layers of a model over several cards, shared out by free memory as llama.cpp does (`-sm layer`): each
 * card gets a run of layers in proportion to what it has free, and a compute buffer of its own. `null` where
 * one of them would overflow.
 */
export function splitPlacement(
  task: PlacementTask,
  devices: readonly Device[],
  estimate: Placement['estimate'],
): Placement | null {
  const deviceOfLayer = layersOverDevices(task, devices)
  const lasting = lastingBytes(task, deviceOfLayer, devices)
  if (!fitsAll(task, devices, lasting)) return null
  const shared = addBuffers(task, devices, { deviceOfLayer, lasting, estimate })
  const needs = shared.devices.map((device) => device.needed_bytes)
  if (!fitsAll(task, devices, needs)) return null
  return {
    fit: 'multi_gpu',
    gpu_layers: 'all',
    cpu_moe_layers: 0,
    devices: shared.devices,
    host_bytes: shared.estimate.host.total_bytes,
    needed_bytes: sumOf(needs),
    available_bytes: sumOf(devices.map((device) => device.available_bytes ?? 0)),
    headroom_bytes: task.headroom_bytes,
    estimate: shared.estimate,
  }
}

/** What each card holds of a model that is shared out, whether there is room for it or not. */
export function shareOverDevices(
  task: PlacementTask,
  devices: readonly Device[],
  estimate: Placement['estimate'],
): SharedPlacement {
  const deviceOfLayer = layersOverDevices(task, devices)
  const lasting = lastingBytes(task, deviceOfLayer, devices)
  return addBuffers(task, devices, { deviceOfLayer, lasting, estimate })
}

function layersOverDevices(task: PlacementTask, devices: readonly Device[]): readonly number[] {
  const shares = tensorSplitShares(devices.map((device) => device.available_bytes))
  return devicesOfLayers(task.model.architecture.block_count + 1, shares)
}

interface Split {
  deviceOfLayer: readonly number[]
  /** Of each device, without its compute buffer. */
  lasting: readonly number[]
  estimate: Placement['estimate']
}

function addBuffers(task: PlacementTask, devices: readonly Device[], split: Split): SharedPlacement {
  const { deviceOfLayer, lasting, estimate } = split
  const compute = computeBytes(task, deviceOfLayer, { gpus: devices.length, estimate })
  const placed = devices.map((device, at) => ({
    index: device.index,
    name: device.name,
    needed_bytes: (lasting[at] ?? 0) + (compute.gpu_bytes[at] ?? 0),
    available_bytes: device.available_bytes,
  }))
  return { devices: placed, estimate: withCompute(estimate, compute) }
}

function fitsAll(task: PlacementTask, devices: readonly Device[], needs: readonly number[]): boolean {
  return devices.every(
    (device, at) => (needs[at] ?? 0) + task.headroom_bytes <= (device.available_bytes ?? 0),
  )
}

/** All but the compute buffers on each device: weights, cache, state, what the runtime takes, the projector on the first. */
function lastingBytes(
  task: PlacementTask,
  deviceOfLayer: readonly number[],
  devices: readonly Device[],
): number[] {
  const { model, load } = task
  const shape = prepareModel(model.architecture)
  const normalized = normalizeLoad(shape, load)
  const weights = placeSplitWeights(model.architecture, model.weights, deviceOfLayer)
  const needs = devices.map(({ overhead_bytes }, device) => overhead_bytes + (weights[device] ?? 0))
  const add = (device: number, bytes: number) => (needs[device] = (needs[device] ?? 0) + bytes)
  add(0, task.projector_bytes)
  shape.blocks.forEach((block, index) => {
    const cache = estimateBlockCache(shape, block, normalized)
    const bytes = cache.kv_cache_bytes + cache.recurrent_state_bytes + cache.padding_bytes
    add(deviceOfLayer[index] ?? 0, bytes)
  })
  return needs
}

function computeBytes(
  task: PlacementTask,
  deviceOfLayer: readonly number[],
  { gpus, estimate }: { gpus: number; estimate: Placement['estimate'] },
): SplitCompute {
  const shape = prepareModel(task.model.architecture)
  const load = { ...normalizeLoad(shape, task.load), flash_attention: estimate.flash_attention }
  return estimateSplitCompute(shape, load, { deviceOfLayer, gpus, detail: task.detail })
}

/** The estimate with the buffers of the split: those of all devices together on the GPU side. */
function withCompute(estimate: Placement['estimate'], compute: SplitCompute): Placement['estimate'] {
  const { gpu, host, basis } = estimate
  const onGpus = sumOf(compute.gpu_bytes)
  return {
    ...estimate,
    gpu: {
      ...gpu,
      compute_bytes: onGpus,
      total_bytes: gpu.total_bytes - gpu.compute_bytes + onGpus,
    },
    host: {
      ...host,
      compute_bytes: compute.host_bytes,
      total_bytes: host.total_bytes - host.compute_bytes + compute.host_bytes,
    },
    basis: { ...basis, assumptions: forSeveralDevices(basis.assumptions) },
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
