import type { BuildRow, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import {
  devicesOf,
  HEADROOM_BYTES,
  memoryOfBuild,
  planPlacement,
  runtimeOverhead,
} from '../../memory/index.js'
import type { Placement } from '../../memory/index.js'
import { requiredVramBytes } from './required-vram.js'

/** Where a build stands on the GPUs, with the bytes behind it. */
export type WholeFit = Pick<Placement, 'fit' | 'needed_bytes' | 'available_bytes'>

/**
 * Where a build runs whole on the GPUs at its planned context; `null` where it does not. The same answer as
 * `planPlacement`, from the need that is known already wherever one card with memory of its own decides.
 */
export function wholeOnGpu(model: ModelRow, build: BuildRow, machine: Machine): WholeFit | null {
  const devices = devicesOf(machine).filter((device) => device.available_bytes !== null)
  const weights = requiredVramBytes(model, build) - runtimeOverhead('nvidia').bytes
  const room = devices.reduce((sum, device) => sum + (device.available_bytes ?? 0), 0)
  if (weights + HEADROOM_BYTES > room) return null
  const [device] = devices.toSorted((a, b) => (b.available_bytes ?? 0) - (a.available_bytes ?? 0))
  const needed = weights + (device?.overhead_bytes ?? 0)
  const available = device?.available_bytes ?? 0
  if (device && !device.unified && needed + HEADROOM_BYTES <= available) {
    return { fit: 'gpu', needed_bytes: needed, available_bytes: available }
  }
  if (device && !device.unified && devices.length === 1) return null
  const load = { context: model.context.default }
  const placement = planPlacement(memoryOfBuild(model.architecture, build), load, machine)
  return placement.fit === 'gpu' || placement.fit === 'multi_gpu' ? placement : null
}
