import { spawnSync } from 'node:child_process'

/**
 * Wall-clock milliseconds of `runs` runs of node with each of these arguments, after one that does not count. The
 * commands take turns, so that the machine's mood cancels out.
 */
export function measureCommands<Name extends string>(
  commands: Readonly<Record<Name, readonly string[]>>,
  runs: number,
): Record<Name, number[]>
export function measureCommands(
  commands: Readonly<Record<string, readonly string[]>>,
  runs: number,
): Record<string, number[]> {
  const times = Object.fromEntries(Object.keys(commands).map((name): [string, number[]] => [name, []]))
  for (let run = -1; run < runs; run++) {
    for (const [name, argv] of Object.entries(commands)) {
      const start = performance.now()
      spawnSync(process.execPath, argv, { stdio: 'ignore' })
      if (run >= 0) times[name]?.push(performance.now() - start)
    }
  }
  return times
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
