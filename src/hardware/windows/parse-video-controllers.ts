import type { GpuVendor } from '../../machine.js'
import { isDiscreteIntel } from '../intel/intel-devices.js'
import { isAmdApu } from '../amd/amd-apu.js'
import { gpuFacts, normalizeDeviceId, type GpuFacts } from '../gpu-facts.js'
import { isRecord, lookUp, readText } from '../json-value.js'
import { parseBytesOf } from '../measure.js'
import { isNoGpu, vendorOfName } from '../vendor-of-name.js'

const MAX_ADAPTERS = 64
const VENDORS: Readonly<Record<string, GpuVendor>> = { '10de': 'nvidia', '1002': 'amd', '8086': 'intel' }
/** Hyper-V lends a card to its guest under Microsoft's id and the card's name. */
const MICROSOFT = '1414'

/** PowerShell prints one object where there is one, and a list where there are several. */
export function jsonRows(json: unknown): Record<string, unknown>[] {
  const list: unknown[] = Array.isArray(json) ? json : [json]
  return list.slice(0, MAX_ADAPTERS).filter(isRecord)
}

/** A card that is there and has no driver of its vendor: Windows calls it by a name of its own. */
export function hasCardWithoutDriver(json: unknown): boolean {
  return jsonRows(json).some(
    (row) => VENDORS[pciIds(row)?.vendor ?? ''] !== undefined && isNoGpu(readText(lookUp(row, 'Name')) ?? ''),
  )
}

/** GPUs of `Win32_VideoController` that are there now; remote, virtual and basic displays are none. */
export function parseVideoControllers(json: unknown): GpuFacts[] {
  const seen = new Set<string>()
  return jsonRows(json).flatMap((row) => {
    const name = readText(lookUp(row, 'Name', 'Caption', 'Description'))
    const pnp = readText(lookUp(row, 'PNPDeviceID'))
    const vendor = name === null ? null : vendorOfRow(row, name, pnp)
    if (name === null || vendor === null || (pnp !== null && seen.has(pnp))) return []
    if (pnp !== null) seen.add(pnp)
    return [parseRow(row, name, vendor)]
  })
}

function vendorOfRow(row: Record<string, unknown>, name: string, pnp: string | null): GpuVendor | null {
  if (isNoGpu(name)) return null
  const ids = pciIds(row)
  if (ids !== null) return VENDORS[ids.vendor] ?? (ids.vendor === MICROSOFT ? vendorOfName(name) : null)
  return pnp === null ? vendorOfName(name) : null
}

function pciIds(row: Record<string, unknown>): { vendor: string; device: string } | null {
  const match = /^PCI\\+VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})/i.exec(readText(lookUp(row, 'PNPDeviceID')) ?? '')
  return match === null
    ? null
    : { vendor: (match[1] ?? '').toLowerCase(), device: (match[2] ?? '').toLowerCase() }
}

function parseRow(row: Record<string, unknown>, name: string, vendor: GpuVendor): GpuFacts {
  const facts = gpuFacts(vendor, 'windows.video_controllers', {
    name,
    device_id: normalizeDeviceId(pciIds(row)?.device),
    total_bytes: parseAdapterRam(lookUp(row, 'AdapterRAM')),
  })
  if (vendor === 'nvidia') return facts
  const unified = vendor === 'amd' ? isAmdApu(facts) : !isDiscreteIntel(facts)
  return { ...facts, unified }
}

/**
 * AdapterRAM has 32 bits. What is larger comes out as the largest such number, rounded down to a page or a megabyte
 * (4293918720), as the largest of 31 bits (2147479552), or negative: none of them is a size.
 */
export function parseAdapterRam(value: unknown): number | null {
  const bytes = parseBytesOf(value, 1).value
  if (bytes === null || bytes === 0) return null
  const saturated = [2 ** 31, 2 ** 32].some((cap) => bytes < cap && bytes >= cap - 2 ** 20)
  return saturated || bytes >= 2 ** 32 ? null : bytes
}
