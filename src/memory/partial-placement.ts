import type { Device } from './devices.js'
import { estimateMemory } from './estimate.js'
import type { PlacementTask } from './placement-task.js'
import type { Placement } from './placement-types.js'
import { SplitSums, type Split } from './split-sums.js'

/**
 * One GPU and the processor: for a mixture of experts as few experts as possible on the host, else as many
 * layers as fit on the card. `null` where not even one layer fits, or RAM does not hold the rest.
 */
export function partialPlacement(task: PlacementTask, devices: readonly Device[]): Placement | null {
  const device = devices
    .filter((one) => one.available_bytes !== null && !one.unified)
    .toSorted((a, b) => (b.available_bytes ?? 0) - (a.available_bytes ?? 0))[0]
  if (!device) return null
  const sums = new SplitSums(task.model, task.load)
  return expertsOnHost(task, device, sums) ?? layersOnHost(task, device, sums)
}

function expertsOnHost(task: PlacementTask, device: Device, sums: SplitSums): Placement | null {
  const { expert_bytes } = task.model.weights
  if (!expert_bytes.some((bytes) => bytes > 0)) return null
  return smallestSplit(task, device, {
    sums,
    most: expert_bytes.length,
    splitAt: (cpu_moe_layers) => ({ gpu_layers: 'all', cpu_moe_layers }),
  })
}

function layersOnHost(task: PlacementTask, device: Device, sums: SplitSums): Placement | null {
  const layers = task.model.architecture.block_count
  return smallestSplit(task, device, {
    sums,
    most: layers,
    splitAt: (onHost) => ({ gpu_layers: layers + 1 - onHost, cpu_moe_layers: 0 }),
  })
}

interface Search {
  sums: SplitSums
  /** Splits are numbered from 1 to here; the more stays on the host, the higher. */
  most: number
  splitAt(count: number): Split
}

/** Compute buffers change little from split to split, so that a few looks find the right one. */
const LOOKS = 6

/**
 * The split that leaves least on the host. Weights and cache of every split are sums; the compute buffer is
 * estimated where those say that it just fits, and they are asked again with what it was.
 */
function smallestSplit(task: PlacementTask, device: Device, search: Search): Placement | null {
  let compute = estimateMemory(task.model, task.load).gpu.compute_bytes
  let best: { count: number; placement: Placement } | null = null
  let low = 1
  for (let look = 0; look < LOOKS; look++) {
    const count = Math.max(low, smallestBySums(task, device, search, compute))
    if (count > search.most || (best && count >= best.count)) break
    const split = search.splitAt(count)
    // What stays behind only grows from here on.
    if (!restFitsInRam(task, search.sums.onHost(split))) break
    const { fits, placement, compute_bytes } = tryPlan(task, device, split)
    compute = compute_bytes
    if (fits) best = { count, placement }
    else low = count + 1
  }
  return best?.placement ?? null
}

function smallestBySums(
  task: PlacementTask,
  device: Device,
  { sums, most, splitAt }: Search,
  compute: number,
): number {
  const room =
    (device.available_bytes ?? 0) - task.headroom_bytes - task.projector_bytes - device.overhead_bytes
  let from = 1
  let to = most + 1
  while (from < to) {
    const middle = (from + to) >> 1
    if (sums.onGpu(splitAt(middle)) + compute <= room) to = middle
    else from = middle + 1
  }
  return from
}

/** Whether RAM holds the weights and cache that stay behind; the buffers come on top. */
function restFitsInRam(task: PlacementTask, bytes: number): boolean {
  const ram = task.machine.ram.available_bytes
  return ram !== null && bytes + task.headroom_bytes <= ram
}

interface Tried {
  fits: boolean
  placement: Placement
  compute_bytes: number
}

function tryPlan(task: PlacementTask, device: Device, split: Split): Tried {
  const estimate = estimateMemory(task.model, { ...task.load, ...split }, task.detail)
  const needed = estimate.gpu.total_bytes + task.projector_bytes + device.overhead_bytes
  const available = device.available_bytes ?? 0
  const ram = task.machine.ram.available_bytes
  const hostFits = ram !== null && estimate.host.total_bytes + task.headroom_bytes <= ram
  const placement: Placement = {
    fit: 'partial',
    ...split,
    devices: [
      {
        index: device.index,
        name: device.name,
        needed_bytes: needed,
        available_bytes: available,
      },
    ],
    host_bytes: estimate.host.total_bytes,
    needed_bytes: needed,
    available_bytes: available,
    headroom_bytes: task.headroom_bytes,
    estimate,
  }
  const fits = hostFits && needed + task.headroom_bytes <= available
  return { fits, placement, compute_bytes: estimate.gpu.compute_bytes }
}
