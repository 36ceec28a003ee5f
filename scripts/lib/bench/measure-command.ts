import { spawnSync } from 'node:child_process'

/** Wall-clock milliseconds of `runs` runs of node with these arguments, after one that does not count. */
export function measureCommand(argv: readonly string[], runs: number): number[] {
  const times: number[] = []
  for (let run = -1; run < runs; run++) {
    const start = performance.now()
    spawnSync(process.execPath, argv, { stdio: 'ignore' })
    if (run >= 0) times.push(performance.now() - start)
  }
  return times
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
