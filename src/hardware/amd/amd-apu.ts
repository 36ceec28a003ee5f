import type { GpuFacts } from '../gpu-facts.js'

/**
 * Graphics core versions of AMD's processors with a GPU (LLVM's AMDGPU target table, the rows marked "APU"): Kaveri to
 * Strix. gfx940 to gfx942 is left out: it is an accelerator too (MI300X), so MI300A is told by its device id.
 */
const APU_GFX: ReadonlySet<string> = new Set([
  'gfx700',
  'gfx801',
  'gfx810',
  'gfx902',
  'gfx909',
  'gfx90c',
  'gfx1013',
  'gfx1033',
  'gfx1035',
  'gfx1036',
  'gfx1037',
  'gfx1103',
  'gfx1150',
  'gfx1151',
  'gfx1152',
  'gfx1153',
])

/** PCI device ids of the same, from the amdgpu driver's id table and https://pci-ids.ucw.cz (vendor 1002). */
const APU_IDS: ReadonlySet<string> = new Set([
  // Carrizo, Stoney; Raven, Picasso; Renoir, Lucienne, Cezanne, Barcelo.
  '9874',
  '98e4',
  '15dd',
  '15d8',
  '1636',
  '164c',
  '1638',
  '15e7',
  // Van Gogh and Aerith (Steam Deck), Rembrandt, Mendocino, Raphael and Dragon Range, Granite Ridge.
  '163f',
  '1435',
  '1681',
  '1506',
  '164d',
  '164e',
  '13c0',
  // Phoenix, Phoenix 2, Hawk Point; Strix Point, Strix Halo, Krackan Point.
  '15bf',
  '15c8',
  '1900',
  '1901',
  '150e',
  '1586',
  '1114',
  '1902',
  '1590',
  // BC-250 (Cyan Skillfish), MI300A.
  '13db',
  '13f9',
  '13fa',
  '13fb',
  '13fc',
  '13fe',
  '143f',
  '74a0',
])

/** Older ones come in blocks: Kaveri, Kabini, Mullins, Richland and Trinity, Llano. */
const APU_ID_BLOCK = /^(?:130[4-9a-f]|131[0-9a-d]|98[345]\w|99\w\w|964\w)$/

/** Their marketing names; a discrete mobile card is called RX, Pro or R-something. */
const APU_NAME =
  /\bRadeon\W*(?:\(TM\)\W*)?(?:(?:RX\s)?Vega\s(?:3|6|7|8|9|10|11)\b|[678]\d0M\b|80\d0S\b)|\bCustom APU\b/i

const APU_CODENAMES =
  /\b(?:carrizo|stoney|raven2?|picasso|renoir|lucienne|cezanne|barcelo|van ?gogh|rembrandt|mendocino|raphael|granite ridge|dragon range|phoenix[123]?|hawk ?point|strix|krackan|kraken|strxlgen|strix_?halo)\b/i

/** What Windows calls the GPU of a processor that has no name of its own; a card always has one there. */
const WINDOWS_APU_NAME = /^AMD Radeon\W*(?:\(TM\)\W*)?Graphics$/i

/**
 * True for the GPU of a processor, which shares the system's memory. Told by graphics core version or device id, by a name
 * only where neither is known, never by size: a carve-out can be 96 GiB.
 */
export function isAmdApu(facts: Pick<GpuFacts, 'gfx' | 'device_id' | 'name' | 'source'>): boolean {
  const { gfx, device_id: id, name } = facts
  if (id !== null && (APU_IDS.has(id) || APU_ID_BLOCK.test(id))) return true
  if (gfx !== null) return APU_GFX.has(gfx)
  if (name === null) return false
  if (APU_NAME.test(name) || APU_CODENAMES.test(name)) return true
  return id === null && facts.source.startsWith('windows.') && WINDOWS_APU_NAME.test(name)
}

/** MI300A shares stacked memory that is all "VRAM": its GTT is the same memory once more. */
export function countsGttTwice(facts: Pick<GpuFacts, 'device_id' | 'gfx'>): boolean {
  return facts.device_id === '74a0'
}

/** KFD's `gfx_target_version`: 110501 is gfx1151, 90012 is gfx90c (major, minor, hexadecimal stepping). */
export function gfxName(version: number): string | null {
  if (!Number.isInteger(version) || version < 70_000 || version > 999_999) return null
  const major = Math.floor(version / 10_000)
  const minor = Math.floor(version / 100) % 100
  return `gfx${major}${minor.toString(16)}${(version % 100).toString(16)}`
}

/** `gfx90a:sramecc+:xnack-`, `GFX1100` and `gfx1100` as `gfx…`. */
export function normalizeGfx(text: unknown): string | null {
  const match = typeof text === 'string' ? /^gfx[0-9a-f]{3,5}/i.exec(text.trim()) : null
  return match === null ? null : match[0].toLowerCase()
}
