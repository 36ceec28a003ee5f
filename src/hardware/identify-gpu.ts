/** The columns of the catalog's GPU table that naming needs. */
export interface GpuTableRow {
  vendor: string
  name: string
  aliases?: readonly string[]
  memory_bytes: number
  memory_kind: 'dedicated' | 'unified'
}

/** What is known of a GPU; any GPU of a `Machine` is one. */
export interface NamedGpu {
  vendor: string
  name: string
  total_bytes: number | null
  mig_parent?: number
}

export type GpuTable = Readonly<Record<string, GpuTableRow>>

/** Measured memory is up to 6 % less than what is on the box (error correction, firmware), and rows differ by 25 %. */
const MEMORY_TOLERANCE = 0.12

/** Words that say nothing about which model it is. "Laptop", "Max-Q", "Ti" and "PRO" do. */
const NOISE: ReadonlySet<string> = new Set(
  'nvidia amd ati intel apple corporation inc r tm geforce radeon graphics gpu generation processor'.split(
    ' ',
  ),
)

/**
 * The catalog row that a GPU's printed name means, or `null`. Names are compared word by word, never searched: "RTX 4070" is
 * not "RTX 4070 Ti". Where several rows have the name (8 and 16 GB of one model), measured memory decides; a card whose memory fits no
 * row is none of them. A MIG instance or a vGPU profile is no card of the table.
 *
 * @param cores - GPU cores of an Apple chip, which tell apart chips of one name.
 * @example identifyGpu({ vendor: 'nvidia', name: 'NVIDIA GeForce RTX 3060', total_bytes: 12884901888, … }, GPUS) // 'rtx-3060-12gb'
 */
export function identifyGpu(gpu: NamedGpu, table: GpuTable, cores: number | null = null): string | null {
  if (gpu.mig_parent !== undefined) return null
  const names = alternatives(gpu.name)
  const keys = new Set(names.map(nameKey))
  if (cores !== null) {
    const exact = findRow(new Set(names.map((name) => nameKey(`${name} ${cores}-core GPU`))), gpu, table)
    if (exact !== null) return exact
  }
  return findRow(keys, gpu, table)
}

function findRow(keys: Set<string>, gpu: NamedGpu, table: GpuTable): string | null {
  const rows = Object.entries(table).filter(
    ([, row]) =>
      row.vendor === gpu.vendor && [row.name, ...(row.aliases ?? [])].some((name) => keys.has(nameKey(name))),
  )
  const fitting = rows.filter(([, row]) => fitsMemory(row, gpu.total_bytes))
  return fitting.length === 1 ? (fitting[0]?.[0] ?? null) : null
}

function fitsMemory(row: GpuTableRow, total: number | null): boolean {
  if (row.memory_kind === 'unified' || total === null) return true
  return Math.abs(row.memory_bytes - total) <= MEMORY_TOLERANCE * row.memory_bytes
}

/**
 * The names that a text may mean: the PCI list writes `Navi 22 [Radeon RX 6700/6700 XT / 6800M]` for three models, whose later
 * ones leave out the series.
 */
function alternatives(name: string): string[] {
  const inner = /\[([^[\]]+)\]\s*$/.exec(name)?.[1] ?? name
  const parts = inner
    .split('/')
    .map((part) => part.trim())
    .slice(0, 12)
  const series = /^(\D*)\d/.exec(parts[0] ?? '')?.[1] ?? ''
  return parts.map((part, index) => (index > 0 && /^\d/.test(part) ? series + part : part))
}

/** `NVIDIA GeForce RTX 4070Ti` and `RTX 4070 Ti` as `rtx 4070 ti`. */
export function nameKey(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replace(/\((?:r|tm)\)|[®™]/g, ' ')
    .replace(/(\d{3,4})(ti|super|xtx|xt|gre)\b/g, '$1 $2')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !NOISE.has(word))
    .join(' ')
}
