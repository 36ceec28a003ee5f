import type { GpuVendor } from '../../machine.js'
import { isDiscreteIntel } from '../intel/intel-devices.js'
import { gpuFacts, normalizeDeviceId, normalizeSlot, type GpuFacts } from '../gpu-facts.js'

const VENDORS: Readonly<Record<string, GpuVendor>> = { '10de': 'nvidia', '1002': 'amd', '8086': 'intel' }

const LINE =
  /^((?:[0-9a-f]{1,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) .{1,80}? \[([0-9a-f]{4})\]: (.{0,300}) \[([0-9a-f]{4}):([0-9a-f]{4})\]/i

/** Display controllers; AMD's accelerators without an output are "processing accelerators", as is Intel's NPU. */
const CLASSES: readonly string[] = ['0300', '0301', '0302', '0380']
const ACCELERATOR = '1200'

/**
 * GPUs of `lspci -nnD`, by address, id and name. It measures nothing.
 *
 * @example parsePciList('0000:03:00.0 VGA compatible controller [0300]: Intel Corporation DG2 [Arc A770] [8086:56a0]')[0].name // 'Arc A770'
 */
export function parsePciList(stdout: string): GpuFacts[] {
  return stdout
    .split(/\r?\n/)
    .slice(0, 4_000)
    .flatMap((line) => {
      const match = line.length > 600 ? null : LINE.exec(line)
      if (match === null) return []
      const [, slot, deviceClass = '', text = '', vendorId = '', deviceId = ''] = match
      const vendor = VENDORS[vendorId.toLowerCase()]
      if (vendor === undefined || !isDisplay(deviceClass, vendor)) return []
      const facts = gpuFacts(vendor, 'pci.list', {
        name: marketingName(text),
        slot: normalizeSlot(slot),
        device_id: normalizeDeviceId(deviceId),
      })
      return [vendor === 'intel' ? { ...facts, unified: !isDiscreteIntel(facts) } : facts]
    })
}

function isDisplay(deviceClass: string, vendor: GpuVendor): boolean {
  return CLASSES.includes(deviceClass) || (deviceClass === ACCELERATOR && vendor === 'amd')
}

/** `NVIDIA Corporation GA104 [GeForce RTX 3070]` is a GeForce RTX 3070; a vendor's own brackets are no name. */
function marketingName(text: string): string | null {
  const rest = text
    .replace(
      /^(?:NVIDIA Corporation|Intel Corporation|Advanced Micro Devices, Inc\.)\s*(?:\[AMD(?:\/ATI)?\])?\s*/i,
      '',
    )
    .trim()
  const inner = /\[([^[\]]{1,200})\]$/.exec(rest)?.[1]
  const name = inner ?? rest
  return name === '' || /^Device$/i.test(name) ? null : name
}
