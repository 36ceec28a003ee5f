export const KIB = 1024
export const MIB = 1024 ** 2
export const GIB = 1024 ** 3
export const GB = 1e9

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: KIB,
  mib: MIB,
  gib: GIB,
  tib: 1024 ** 4,
}

/** More than any machine or file has; larger values are typing errors. */
const MAX_BYTES = 2 ** 50

/**
 * Bytes of an amount that a person typed: `24GiB`, `24 GB`, `512MiB`; a bare number is GiB.
 *
 * @returns Whole bytes, or `null` where the text is no amount between 0 and 1 PiB.
 * @example parseBytes('24GiB') // 25_769_803_776
 */
export function parseBytes(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)\s*([a-z]{1,3})?$/i.exec(text.trim())
  if (!match) return null
  const unit = match[2] === undefined ? GIB : UNITS[match[2].toLowerCase()]
  if (unit === undefined) return null
  const bytes = Math.round(Number(match[1]) * unit)
  return bytes <= MAX_BYTES ? bytes : null
}

/**
 * Memory for people, in GiB (MiB below 100 MiB): `formatGib(5_027_784_224) // '4.7 GiB'`.
 */
export function formatGib(bytes: number, digits = 1): string {
  if (Math.abs(bytes) < 100 * MIB) return `${Math.round(bytes / MIB)} MiB`
  return `${(bytes / GIB).toFixed(digits)} GiB`
}

/** File size for people, in GB (10⁹; MB below 100 MB): `formatGb(5_027_784_224) // '5.0 GB'`. */
export function formatGb(bytes: number, digits = 1): string {
  if (Math.abs(bytes) < 1e8) return `${(bytes / 1e6).toFixed(digits)} MB`
  return `${(bytes / GB).toFixed(digits)} GB`
}

/** Context length for people; K is 1,024 tokens: `formatContext(32768) // '32K'`. */
export function formatContext(tokens: number): string {
  return tokens >= 1024 && tokens % 1024 === 0 ? `${tokens / 1024}K` : String(tokens)
}
