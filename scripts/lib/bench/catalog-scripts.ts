import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figure.js'

const MOST_SECONDS = 60
const MOST_MB = 2_000
const LARGE = 10_000

/**
 * Time and memory of validate + generate on synthetic catalogs, each in a process of its own, and how far the
 * growth is from linear.
 */
export function measureCatalogScripts(sizes: readonly number[]): Figure[] {
  const figures: Figure[] = []
  const perModel: number[] = []
  for (const size of sizes) {
    const { seconds, peak_mb } = runOnce(size)
    perModel.push(seconds / size)
    const limits =
      size === LARGE
        ? { time: { target: MOST_SECONDS }, memory: { target: MOST_MB } }
        : { time: {}, memory: {} }
    figures.push({ name: `validate + generate, ${size} models`, value: seconds, unit: 's', ...limits.time })
    figures.push({ name: `  its memory`, value: peak_mb, unit: 'MB peak', ...limits.memory })
  }
  const [first] = perModel
  const last = perModel.at(-1)
  if (perModel.length > 1 && first !== undefined && last !== undefined) {
    figures.push({ name: 'time per model, most against fewest', value: last / first, unit: '×', target: 1.5 })
  }
  return figures
}

function runOnce(size: number): { seconds: number; peak_mb: number } {
  const worker = fileURLToPath(new URL('./catalog-run.ts', import.meta.url))
  const run = spawnSync(process.execPath, ['--import', 'tsx', worker, String(size)], {
    encoding: 'utf8',
    maxBuffer: 1024 ** 2,
  })
  if (run.status !== 0) throw new Error(`the run with ${size} models failed: ${run.stderr.slice(0, 500)}`)
  const [seconds = NaN, peakMb = NaN] = run.stdout.trim().split(' ').map(Number)
  return { seconds, peak_mb: peakMb }
}
