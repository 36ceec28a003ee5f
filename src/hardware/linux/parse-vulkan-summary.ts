import type { GpuVendor } from '../../machine.js'
import { gpuFacts, normalizeDeviceId, type GpuFacts } from '../gpu-facts.js'
import { isNoGpu } from '../vendor-of-name.js'

const VENDORS: Readonly<Record<string, GpuVendor>> = {
  '0x10de': 'nvidia',
  '0x1002': 'amd',
  '0x8086': 'intel',
  '0x106b': 'apple',
}

/** GPUs of `vulkaninfo --summary`, by id and name; software renderers are none. It measures nothing. */
export function parseVulkanSummary(stdout: string): GpuFacts[] {
  const blocks = stdout
    .slice(0, 200_000)
    .split(/^GPU\d{1,3}:\s*$/m)
    .slice(1, 65)
  return blocks.flatMap((block) => {
    const field = (key: string): string | null =>
      new RegExp(`^\\s{0,20}${key}\\s{0,40}= ?(.{1,200})$`, 'm').exec(block)?.[1]?.trim() ?? null
    const vendor = VENDORS[field('vendorID')?.toLowerCase() ?? '']
    const name = field('deviceName')
    if (
      vendor === undefined ||
      name === null ||
      isNoGpu(name) ||
      field('deviceType')?.endsWith('_CPU') === true
    )
      return []
    // Mesa adds the chip: "AMD Radeon RX 7800 XT (RADV NAVI32)".
    const marketing = name.replace(/\s*\((?:RADV|ACO|DG2|BMG|ADL|RPL|TGL|MTL|LNL|NVK)\b[^()]*\)\s*$/, '')
    return [
      gpuFacts(vendor, 'vulkan.summary', {
        name: marketing,
        device_id: normalizeDeviceId(field('deviceID')),
      }),
    ]
  })
}
