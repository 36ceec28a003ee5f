import type { Deviation } from './accuracy-rows.js'

/** Prints deviations by architecture and by cache type, beside the figures that node-llama-cpp publishes. */
export function printAccuracy(deviations: readonly Deviation[]): void {
  console.log('Deviation of the GPU total (compute buffer apart), in percent of the total\n')
  const head = ['', 'rows', 'exact', 'compute median', 'p90', 'max', 'total median', 'p90', 'max']
  const table = [head]
  table.push(rowOf('all', deviations))
  for (const [name, group] of grouped(deviations, (one) => one.architecture)) {
    table.push(rowOf(name, group))
  }
  for (const [name, group] of grouped(deviations, kvOf)) table.push(rowOf(name, group))
  table.push(['node-llama-cpp 3.22.1', '', '', '', '', '', '2.0', '390', ''])
  table.push(['  its f16 with flash', '', '', '', '', '', '0.27', '1.7', '113'])
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  '))
  }
}

function kvOf({ row }: Deviation): string {
  const flash = row.flash_attention === 'off' ? ', no flash attention' : ''
  const place = row.gpu_layers === 'all' ? '' : ', partly on the host'
  return `${row.kv_type_k}/${row.kv_type_v}${flash}${place}`
}

function grouped(
  deviations: readonly Deviation[],
  keyOf: (one: Deviation) => string,
): [string, Deviation[]][] {
  const groups = new Map<string, Deviation[]>()
  for (const one of deviations) {
    const key = keyOf(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function rowOf(name: string, group: readonly Deviation[]): string[] {
  const exact = group.filter((one) => one.exact).length
  const parts = (values: number[]) => {
    const sorted = values.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
    return [at(0.5), at(0.9), at(1)].map((value) => (100 * (value ?? 0)).toFixed(3))
  }
  return [
    name,
    String(group.length),
    String(exact),
    ...parts(group.map((one) => one.compute)),
    ...parts(group.map((one) => one.total)),
  ]
}
