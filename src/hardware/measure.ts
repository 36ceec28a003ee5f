import { MIB } from '../units.js'

/** No card has, and no unified machine shares, more than this; larger numbers are overflows. */
export const MAX_GPU_BYTES = 16 * 1024 ** 4
/** The largest machines (HPE Superdome, SGI UV) hold 64 TiB. */
export const MAX_RAM_BYTES = 256 * 1024 ** 4

/** A number that a tool printed: a value, `null` for "not known", and whether it was an impossible one. */
export interface Measured {
  value: number | null
  absurd: boolean
}

export const UNKNOWN: Measured = { value: null, absurd: false }
export const ABSURD: Measured = { value: null, absurd: true }

const UNIT_BYTES: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1024,
  kib: 1024,
  mb: MIB,
  mib: MIB,
  // macOS in French and Russian.
  mo: MIB,
  мб: MIB,
  gb: 1024 * MIB,
  gib: 1024 * MIB,
  go: 1024 * MIB,
  гб: 1024 * MIB,
  tb: 1024 ** 2 * MIB,
  tib: 1024 ** 2 * MIB,
}

const AMOUNT = /^([-+]?\d{1,40}(?:[.,]\d{1,20})?(?:e[+-]?\d{1,3})?)\s*(\p{L}{1,5}|%)?$/iu

/** Separators of thousands: `1,536 MB`, `1\u202f536 Mo`. */
const GROUPS = /(?<=\d)[\s,\u00a0\u202f](?=\d{3}(?!\d))/g

/**
 * Bytes of an amount as a tool prints it: a number, with or without a unit. Every unit is binary, because all
 * these tools count so, whatever they write ("MB" of amd-smi and system_profiler are MiB).
 *
 * Anything that is not a number ("N/A", "[Not Supported]", "ERR!") is unknown; a negative number and one beyond
 * 16 TiB is absurd.
 *
 * @example parseBytesOf('24564', 1_048_576).value // 25_757_220_864
 */
export function parseBytesOf(value: unknown, unitBytes: number): Measured {
  const parsed = parseAmount(value)
  if (parsed === null) return UNKNOWN
  const factor = parsed.unit === '' ? unitBytes : UNIT_BYTES[parsed.unit]
  if (factor === undefined) return UNKNOWN
  const bytes = Math.round(parsed.number * factor)
  return bytes >= 0 && bytes <= MAX_GPU_BYTES ? { value: bytes, absurd: false } : ABSURD
}

/** A load in per cent, 0 to 100. */
export function parsePercent(value: unknown): Measured {
  const parsed = parseAmount(value)
  if (parsed === null || (parsed.unit !== '' && parsed.unit !== '%')) return UNKNOWN
  return parsed.number >= 0 && parsed.number <= 100 ? { value: parsed.number, absurd: false } : ABSURD
}

/** True where a cell is a number, with or without a unit. */
export function isAmount(text: string): boolean {
  return parseAmount(text) !== null
}

function parseAmount(value: unknown): { number: number; unit: string } | null {
  if (typeof value === 'number') return Number.isNaN(value) ? null : { number: value, unit: '' }
  if (typeof value !== 'string' || value.length > 80) return null
  const match = AMOUNT.exec(value.trim().replace(GROUPS, ''))
  if (match === null) return null
  return { number: Number((match[1] ?? '').replace(',', '.')), unit: (match[2] ?? '').toLowerCase() }
}
