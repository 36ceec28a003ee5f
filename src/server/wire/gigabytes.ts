import { GB, GIB } from '../../units.js'

/** Memory for the wire: GiB with three digits. @example memoryGb(5_637_144_576) // 5.25 */
export function memoryGb(bytes: number): number {
  return round(bytes / GIB)
}

/** A file's size for the wire: GB (10⁹) with three digits. @example sizeGb(5_027_784_224) // 5.028 */
export function sizeGb(bytes: number): number {
  return round(bytes / GB)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
