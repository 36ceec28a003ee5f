import { MIB } from '../../units.js'
import { believableMemory, gpuFacts, type GpuFacts } from '../gpu-facts.js'
import { isAmount, parseBytesOf, parsePercent } from '../measure.js'

export interface NvidiaRow {
  /** nvidia-smi's number of the card. */
  number: number
  facts: GpuFacts
  lost: boolean
  /** A number was impossible. */
  absurd: boolean
}

const COLUMNS = 5
const MAX_ROWS = 256

/** What the driver prints in a cell instead of a number; the brackets hold any text, in any language. */
const NO_VALUE = /^(?:\[.*\]|N\/A|Not (?:Supported|Available|Found)|ERR!|Unknown(?: Error)?|nan|-|)$/i
const LOST = /\blost\b|fallen off|requires reset/i
const HEADER = /^name$/i

/**
 * Cards of `nvidia-smi --query-gpu=name,memory.total,memory.free,memory.used,utilization.gpu`, in MiB and per cent.
 * Lines that are no rows (warnings, error texts, blank lines) are passed over.
 *
 * @example parseNvidiaQuery('NVIDIA GeForce RTX 4090, 24564, 23028, 1090, 3\n')[0].facts.free_bytes // 24_146_608_128
 */
export function parseNvidiaQuery(stdout: string): NvidiaRow[] {
  const rows: NvidiaRow[] = []
  for (const line of stdout.split(/\r\n|\n|\r/)) {
    const cells = splitRow(line)
    if (cells === null || rows.length >= MAX_ROWS) continue
    rows.push(parseRow(cells, rows.length))
  }
  return rows
}

function parseRow(cells: string[], number: number): NvidiaRow {
  const [name = '', total, free, used, load] = cells
  const measured = believableMemory(
    parseBytesOf(total, MIB),
    parseBytesOf(free, MIB),
    parseBytesOf(used, MIB),
  )
  const utilization = parsePercent(load)
  const facts = gpuFacts('nvidia', 'nvidia.query', {
    ...measured.memory,
    name: NO_VALUE.test(name) ? null : name,
    utilization_percent: utilization.value,
  })
  return {
    number,
    facts,
    lost:
      LOST.test(name) ||
      (facts.total_bytes === null && cells.some((cell) => /^\[.*\]$/.test(cell) && LOST.test(cell))),
    absurd: measured.absurd || utilization.absurd,
  }
}

/**
 * The five cells of a row, or `null` where the line is something else. A name may hold commas, so the numbers are
 * counted from the right. `26,3` is a number where the separator is a comma and a space.
 */
function splitRow(line: string): string[] | null {
  if (line.length > 1_000) return null
  for (const separator of [/\s*,\s+/, /\s*,\s*/]) {
    const parts = line.trim().split(separator)
    if (parts.length < COLUMNS) continue
    const name = parts.slice(0, parts.length - COLUMNS + 1).join(', ')
    const numbers = parts.slice(parts.length - COLUMNS + 1).map((cell) => cell.trim())
    if (HEADER.test(name)) return null
    const known = numbers.filter((cell) => isAmount(cell) || NO_VALUE.test(cell))
    if (known.length === numbers.length) return [name, ...numbers]
    // One cell in words that are not known yet must not hide a card whose other cells are numbers.
    if (numbers.filter((cell) => isAmount(cell)).length >= 2 && numbers.every((cell) => cell.length <= 40)) {
      return [name, ...numbers]
    }
  }
  return null
}
