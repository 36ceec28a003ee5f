import { believableMemory, gpuFacts, normalizeDeviceId, normalizeSlot, type GpuFacts } from '../gpu-facts.js'
import { isRecord, lookUp, readText } from '../json-value.js'
import { parseBytesOf, parsePercent } from '../measure.js'
import { isDiscreteIntel } from './intel-devices.js'

export interface XpuDevice {
  /** xpu-smi's number, which `discovery -d N` takes. */
  number: number
  virtual: boolean
  facts: GpuFacts
  absurd: boolean
}

const MAX_DEVICES = 128

/** Devices of `xpu-smi discovery -j`: an object with a list, a bare list, or one device. Bytes are text or numbers. */
export function parseXpuDevices(json: unknown, source: string): XpuDevice[] {
  const list = isRecord(json) ? (lookUp(json, 'device_list', 'devices') ?? [json]) : json
  if (!Array.isArray(list)) return []
  return list.slice(0, MAX_DEVICES).flatMap((entry: unknown, index) => {
    if (!isRecord(entry)) return []
    const name = readText(lookUp(entry, 'device_name', 'name'))
    const number = Number(lookUp(entry, 'device_id', 'id') ?? index)
    if (name === null || !Number.isInteger(number) || number < 0 || isOtherDevice(entry)) return []
    return [parseDevice(entry, name, { number, source })]
  })
}

function isOtherDevice(entry: Record<string, unknown>): boolean {
  const type = readText(lookUp(entry, 'device_type'))
  return type !== null && !/gpu/i.test(type)
}

function parseDevice(
  entry: Record<string, unknown>,
  name: string,
  { number, source }: { number: number; source: string },
): XpuDevice {
  const measured = believableMemory(
    parseBytesOf(lookUp(entry, 'memory_physical_size_byte', 'memory_physical_size'), 1),
    parseBytesOf(lookUp(entry, 'memory_free_size_byte', 'memory_free_size'), 1),
    parseBytesOf(lookUp(entry, 'memory_used_size_byte', 'memory_used'), 1),
  )
  const load = parsePercent(lookUp(entry, 'gpu_utilization', 'utilization'))
  const facts = gpuFacts('intel', source, {
    name,
    slot: normalizeSlot(lookUp(entry, 'pci_bdf_address', 'bdf')),
    device_id: normalizeDeviceId(lookUp(entry, 'pci_device_id')),
    utilization_percent: load.value,
  })
  const unified = !isDiscreteIntel(facts) && !isDiscreteIntel({ ...facts, slot: null })
  // What xpu-smi calls the memory of an integrated GPU is the system's.
  const memory = unified ? {} : measured.memory
  return {
    number,
    virtual: readText(lookUp(entry, 'device_function_type')) === 'virtual',
    facts: { ...facts, ...memory, unified },
    absurd: measured.absurd || load.absurd,
  }
}
