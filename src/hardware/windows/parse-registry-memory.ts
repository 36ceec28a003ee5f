import { lookUp, readText, isRecord } from '../json-value.js'
import { parseBytesOf } from '../measure.js'
import { jsonRows } from './parse-video-controllers.js'

/**
 * Sizes under the display class key, by adapter name (`DriverDesc`). Drivers write `qwMemorySize` as a number or as eight
 * bytes, lowest first; entries without a name or a size are passed over. Several adapters can have one name.
 */
export function parseRegistryMemory(json: unknown): Map<string, number[]> {
  const sizes = new Map<string, number[]>()
  for (const row of jsonRows(json)) {
    const name = readText(lookUp(row, 'DriverDesc'))
    const bytes = parseSize(lookUp(row, 'HardwareInformation.qwMemorySize', 'qwMemorySize'))
    if (name === null || bytes === null) continue
    sizes.set(adapterKey(name), [...(sizes.get(adapterKey(name)) ?? []), bytes])
  }
  return sizes
}

/** Names are joined without case, and without the marks that a code page garbles. */
export function adapterKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((?:r|tm|c)\)|[^\x20-\x7e]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function parseSize(value: unknown): number | null {
  const bytes = isRecord(value) ? value['value'] : value
  if (Array.isArray(bytes)) return parseByteList(bytes)
  const text = typeof bytes === 'string' && /^0x[0-9a-f]{1,13}$/i.test(bytes.trim()) ? Number(bytes) : bytes
  return parseBytesOf(text, 1).value || null
}

function parseByteList(bytes: unknown[]): number | null {
  const numbers = bytes.filter((byte) => typeof byte === 'number' && byte >= 0 && byte <= 255)
  if (numbers.length !== bytes.length || bytes.length === 0 || bytes.length > 8) return null
  const size = numbers.reduce((sum: number, byte, index) => sum + Number(byte) * 256 ** index, 0)
  return parseBytesOf(size, 1).value || null
}
