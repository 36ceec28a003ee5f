import { listModels } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { devicesOf } from '../../memory/index.js'
import { memoryGb, sizeGb } from './gigabytes.js'
import { recommendOnce } from './recommend-once.js'
import { wholeOnGpu } from './whole-on-gpu.js'

/** What a text field says where nothing runs on the machine. */
export const NO_QUANTIZATION = 'none'

/** Free memory of all GPUs before headroom; 0 without one. A card whose memory is unknown is left out. */
export function availableVramBytes(machine: Machine): number {
  return devicesOf(machine).reduce((sum, device) => sum + (device.available_bytes ?? 0), 0)
}

const infos = new WeakMap<Machine, ReturnType<typeof describeGpus>>()

/** The body of `/gpu`, and `gpu_info` elsewhere. */
export function gpuInfo(machine: Machine): ReturnType<typeof describeGpus> {
  let info = infos.get(machine)
  if (!info) infos.set(machine, (info = describeGpus(machine)))
  return info
}

async function describeGpus(machine: Machine) {
  const devices = devicesOf(machine)
  const listed = new Set(devices.map((device) => device.index))
  const totals = machine.gpus.filter((gpu) => listed.has(gpu.index)).map((gpu) => gpu.total_bytes ?? 0)
  const { recommendations } = await recommendOnce(machine)
  return {
    detected: machine.gpus.length > 0,
    gpus: machine.gpus.map((gpu) => ({
      name: gpu.name,
      total_vram_gb: orNull(gpu.total_bytes),
      free_vram_gb: orNull(gpu.free_bytes),
      used_vram_gb: orNull(gpu.used_bytes),
      utilization_percent: gpu.utilization_percent,
      vendor: gpu.vendor,
      unified: gpu.unified,
      total_bytes: gpu.total_bytes,
      free_bytes: gpu.free_bytes,
      used_bytes: gpu.used_bytes,
      budget_bytes: gpu.budget_bytes,
    })),
    total_vram_gb: memoryGb(totals.reduce((sum, bytes) => sum + bytes, 0)),
    available_vram_gb: memoryGb(availableVramBytes(machine)),
    recommended_quant: recommendations[0]?.quantization ?? NO_QUANTIZATION,
    max_model_size_gb: sizeGb(largestWholeOnGpu(machine)),
    platform: machine.platform,
    ram: machine.ram,
    problems: machine.problems,
  }
}

/** Bytes of the largest build that runs whole on the GPUs; 0 where none does. */
function largestWholeOnGpu(machine: Machine): number {
  const bytes = listModels().flatMap((model) =>
    model.builds.filter((build) => wholeOnGpu(model, build, machine)).map((build) => build.bytes),
  )
  return Math.max(0, ...bytes)
}

function orNull(bytes: number | null): number | null {
  return bytes === null ? null : memoryGb(bytes)
}
