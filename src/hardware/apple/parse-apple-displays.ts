import type { GpuVendor } from '../../machine.js'
import { gpuFacts, normalizeDeviceId, type GpuFacts } from '../gpu-facts.js'
import { isRecord, lookUp, readText } from '../json-value.js'
import { parseBytesOf } from '../measure.js'
import { isNoGpu, vendorOfName } from '../vendor-of-name.js'
import { MIB } from '../../units.js'

const MAX_ENTRIES = 64

/**
 * GPUs of `system_profiler SPDisplaysDataType -json`. An Apple chip has no memory key; a GPU of an Intel Mac has
 * `spdisplays_vram` where the memory is its own and `spdisplays_vram_shared` where it is the system's.
 */
export function parseAppleDisplays(json: unknown): GpuFacts[] {
  const list = isRecord(json) ? lookUp(json, 'SPDisplaysDataType') : undefined
  if (!Array.isArray(list)) return []
  return list.slice(0, MAX_ENTRIES).flatMap((entry: unknown) => {
    if (!isRecord(entry)) return []
    const name = readText(lookUp(entry, 'sppci_model')) ?? readText(lookUp(entry, '_name'))
    const vendor = name === null ? null : vendorOfEntry(entry, name)
    return name === null || vendor === null ? [] : [parseEntry(entry, name, vendor)]
  })
}

function parseEntry(entry: Record<string, unknown>, name: string, vendor: GpuVendor): GpuFacts {
  const shared = lookUp(entry, 'spdisplays_vram_shared', '_spdisplays_vram_shared') !== undefined
  const own = parseBytesOf(lookUp(entry, 'spdisplays_vram', '_spdisplays_vram'), MIB)
  const unified = vendor === 'apple' || shared || vendor === 'intel'
  const cores = Number(lookUp(entry, 'sppci_cores'))
  return gpuFacts(vendor, 'apple.displays', {
    name,
    unified,
    total_bytes: unified || own.value === 0 ? null : own.value,
    device_id: normalizeDeviceId(lookUp(entry, 'spdisplays_device-id')),
    cores: Number.isInteger(cores) && cores > 0 && cores < 1_000 ? cores : null,
  })
}

function vendorOfEntry(entry: Record<string, unknown>, name: string): GpuVendor | null {
  if (isNoGpu(name)) return null
  const vendor = readText(lookUp(entry, 'spdisplays_vendor')) ?? ''
  const said = /nvidia|10de/i.test(vendor)
    ? 'nvidia'
    : /amd|\bati\b|1002/i.test(vendor)
      ? 'amd'
      : /intel|8086/i.test(vendor)
        ? 'intel'
        : /apple|106b/i.test(vendor)
          ? 'apple'
          : null
  return said ?? vendorOfName(name)
}
