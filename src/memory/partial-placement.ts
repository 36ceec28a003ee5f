import type { Device } from './devices.js'
import { estimateMemory } from './estimate.js'
import type { PlacementTask } from './placement.js'
import type { Placement } from './placement-types.js'

/**
 * One GPU and the processor: for a mixture of experts as few experts as possible on the host, else as many
 * layers as fit on the card. `null` where not even one layer fits, or RAM does not hold the rest.
 */
export function partialPlacement(task: PlacementTask, devices: readonly Device[]): Placement | null {
  const device = devices
    .filter((one) => one.available_bytes !== null && !one.unified)
    .toSorted((a, b) => (b.available_bytes ?? 0) - (a.available_bytes ?? 0))[0]
  if (!device) return null
  return expertsOnHost(task, device) ?? layersOnHost(task, device)
}

function expertsOnHost(task: PlacementTask, device: Device): Placement | null {
  const { expert_bytes } = task.model.weights
  if (!expert_bytes.some((bytes) => bytes > 0)) return null
  const blocks = expert_bytes.length
  return smallest(1, blocks, (cpu_moe_layers) => tryPlan(task, device, { gpu_layers: 'all', cpu_moe_layers }))
}

function layersOnHost(task: PlacementTask, device: Device): Placement | null {
  const layers = task.model.architecture.block_count
  return smallest(1, layers, (onHost) =>
    tryPlan(task, device, { gpu_layers: layers + 1 - onHost, cpu_moe_layers: 0 }),
  )
}

/** The first number from `low` to `high` for which there is a plan; needs fall as the number grows. */
function smallest(low: number, high: number, plan: (value: number) => Placement | null): Placement | null {
  let best: Placement | null = null
  let from = low
  let to = high
  while (from <= to) {
    const middle = Math.floor((from + to) / 2)
    const found = plan(middle)
    if (found) {
      best = found
      to = middle - 1
    } else {
      from = middle + 1
    }
  }
  return best
}

function tryPlan(
  task: PlacementTask,
  device: Device,
  split: { gpu_layers: number | 'all'; cpu_moe_layers: number },
): Placement | null {
  const estimate = estimateMemory(task.model, { ...task.load, ...split })
  const needed = estimate.gpu.total_bytes + task.projector_bytes + device.overhead_bytes
  const available = device.available_bytes ?? 0
  if (needed + task.headroom_bytes > available) return null
  const ram = task.machine.ram.available_bytes
  if (ram === null || estimate.host.total_bytes + task.headroom_bytes > ram) return null
  return {
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
}
