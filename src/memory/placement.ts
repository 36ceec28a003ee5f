import type { Machine } from '../machine.js'
import { GIB } from '../units.js'
import { deviceGroups, devicesOf, type Device } from './devices.js'
import { estimateCache } from './cache.js'
import { estimateMemory } from './estimate.js'
import { boundAssumptions } from './graph-bound.js'
import { estimateHostCompute, runsFlashOnHost } from './host-compute.js'
import { normalizeLoad } from './load.js'
import { prepareModel } from './model-shape.js'
import { partialPlacement } from './partial-placement.js'
import type { PlacementTask } from './placement-task.js'
import type { Placement, PlacementOptions, SharedPlacement } from './placement-types.js'
import { shareOverDevices, splitPlacement } from './split-placement.js'
import type { LoadOptions, ModelMemory } from './types.js'
import { placeWeights } from './weights/index.js'

/** Left free on each device and in RAM, unless asked otherwise. */
export const HEADROOM_BYTES = 2 * GIB

/**
 * Where a model under a load fits on a machine: the first that holds of one GPU, several of one kind,
 * GPU and processor together, the processor alone. Cards whose free memory is unknown are never counted on.
 *
 * @param load - `gpu_layers` and `cpu_moe_layers` are the plan's to choose and are ignored.
 */
export function planPlacement(
  model: ModelMemory,
  load: LoadOptions,
  machine: Machine,
  options: PlacementOptions = {},
): Placement {
  const task = taskOf(model, load, machine, options)
  const devices = devicesOf(machine)
  return wholePlacement(task, devices) ?? partialPlacement(task, devices) ?? hostPlacement(task)
}

/**
 * Where a model runs whole on the GPU or GPUs; `null` where part of it would have to stay behind. The cheap
 * half of `planPlacement`.
 */
export function planWholePlacement(
  model: ModelMemory,
  load: LoadOptions,
  machine: Machine,
  options: PlacementOptions = {},
): Placement | null {
  return wholePlacement(taskOf(model, load, machine, options), devicesOf(machine))
}

/**
 * What `planPlacement` says where the model fits in any way, else `null`: sooner, since what weights alone rule out is
 * not forecast.
 */
export function planFittingPlacement(
  model: ModelMemory,
  load: LoadOptions,
  machine: Machine,
  options: PlacementOptions = {},
): Placement | null {
  const task = taskOf(model, load, machine, options)
  const devices = devicesOf(machine)
  const onGpu = wholePlacement(task, devices) ?? partialPlacement(task, devices)
  if (onGpu) return onGpu
  const weights = model.whole?.ram_bytes ?? ramBytesOf(model)
  if (weights + task.headroom_bytes > (machine.ram.available_bytes ?? 0)) return null
  const placement = hostPlacement(task)
  return placement.fit === 'none' ? null : placement
}

/**
 * What each card of one kind would hold of a model that is shared out over them, whether there is room or not;
 * `null` where no two cards share one. A plot draws it beyond the point at which it fits.
 */
export function planSharedPlacement(
  model: ModelMemory,
  load: LoadOptions,
  machine: Machine,
): SharedPlacement | null {
  const group = deviceGroups(devicesOf(machine))[0]
  if (!group) return null
  const task = taskOf(model, load, machine, {})
  return shareOverDevices(task, group, estimateMemory(task.model, task.load))
}

function taskOf(
  model: ModelMemory,
  load: LoadOptions,
  machine: Machine,
  options: PlacementOptions,
): PlacementTask {
  return {
    model,
    load: { ...load, gpu_layers: 'all', cpu_moe_layers: 0 },
    machine,
    headroom_bytes: options.headroom_bytes ?? HEADROOM_BYTES,
    projector_bytes: options.projector_bytes ?? 0,
    detail: options.detail ?? 'every_block',
  }
}

function wholePlacement(task: PlacementTask, devices: readonly Device[]): Placement | null {
  if (devices.length === 0) return null
  const estimate = estimateMemory(task.model, task.load)
  const single = singlePlacement(task, devices, estimate)
  if (single) return single
  for (const group of deviceGroups(devices)) {
    const split = splitPlacement(task, group, estimate)
    if (split) return split
  }
  return null
}

type Estimate = Placement['estimate']

/** The device with least room that holds everything. */
function singlePlacement(
  task: PlacementTask,
  devices: readonly Device[],
  estimate: Estimate,
): Placement | null {
  const byRoom = devices
    .filter((device) => device.available_bytes !== null)
    .toSorted((a, b) => (b.available_bytes ?? 0) - (a.available_bytes ?? 0))
  const device = byRoom[0]
  if (!device || device.available_bytes === null) return null
  const needed = estimate.gpu.total_bytes + task.projector_bytes + device.overhead_bytes
  const shared = device.unified ? estimate.host.total_bytes : 0
  if (needed + shared + task.headroom_bytes > device.available_bytes) return null
  return {
    fit: 'gpu',
    gpu_layers: 'all',
    cpu_moe_layers: 0,
    devices: [
      {
        index: device.index,
        name: device.name,
        needed_bytes: needed + shared,
        available_bytes: device.available_bytes,
      },
    ],
    host_bytes: estimate.host.total_bytes,
    needed_bytes: needed + shared,
    available_bytes: device.available_bytes,
    headroom_bytes: task.headroom_bytes,
    estimate,
  }
}

/**
 * Everything in RAM, or nowhere. A GPU that is too small for a part of the model is left alone (`--device none`): what
 * llama.cpp would put there for long prompts may not fit either, and a machine is none the poorer for having the card.
 */
function hostPlacement(task: PlacementTask): Placement {
  const estimate = estimateWithoutGpu(task)
  const needed = estimate.host.total_bytes + task.projector_bytes
  const available = task.machine.ram.available_bytes
  const fits = available !== null && needed + task.headroom_bytes <= available
  return {
    fit: fits ? 'cpu' : 'none',
    gpu_layers: 0,
    cpu_moe_layers: 0,
    devices: [],
    host_bytes: needed,
    needed_bytes: needed,
    available_bytes: available ?? 0,
    headroom_bytes: task.headroom_bytes,
    estimate,
  }
}

/** Without a GPU there is one device, the processor: the whole graph runs there, and nothing is copied. */
function estimateWithoutGpu(task: PlacementTask): Estimate {
  const whole = estimateMemory(task.model, task.load)
  const shape = prepareModel(task.model.architecture)
  const load = normalizeLoad(shape, task.load)
  const flash_attention = runsFlashOnHost(shape, load)
  const weights_bytes = task.model.whole?.ram_bytes ?? ramBytesOf(task.model)
  const compute_bytes = estimateHostCompute(shape, { ...load, flash_attention })
  const { gpu: cache } = estimateCache(shape, { ...load, flash_attention })
  const { kv_cache_bytes, recurrent_state_bytes } = cache
  const total_bytes = weights_bytes + kv_cache_bytes + recurrent_state_bytes + compute_bytes
  const host = { weights_bytes, kv_cache_bytes, recurrent_state_bytes, compute_bytes, total_bytes }
  const basis = { ...whole.basis, assumptions: [NO_GPU, ...boundAssumptions(shape)] }
  return { ...whole, flash_attention, gpu_layers: 0, gpu: NOTHING, host, basis }
}

/** Weights without a GPU, in bytes. */
export function ramBytesOf({ architecture, weights }: ModelMemory): number {
  const placement = { first_gpu_block: architecture.block_count, output_on_gpu: false }
  return placeWeights(architecture, weights, placement).host_bytes
}

const NO_GPU = 'Everything runs on the processor, from system memory.'
const NOTHING = {
  weights_bytes: 0,
  kv_cache_bytes: 0,
  recurrent_state_bytes: 0,
  compute_bytes: 0,
  total_bytes: 0,
}
