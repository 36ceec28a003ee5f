import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figure.js'
import { median } from './measure-command.js'

const PROCESSES = 7
/** Most milliseconds of 1,000 estimates. */
const TARGET = 50

/** Time of 1,000 different estimates, of any build and of one model at one context after another. */
export function measureEstimates(): Figure[] {
  const kinds = [
    ['any', '1,000 estimates of any build, cache and slots'],
    ['one', '1,000 contexts of one model'],
  ] as const
  return kinds.flatMap(([kind, name]) => {
    const runs = Array.from({ length: PROCESSES }, () => runOnce(kind))
    return [
      { name: `${name}, first`, value: median(runs.map(([cold = NaN]) => cold)), unit: 'ms', target: TARGET },
      {
        name: `${name}, warm`,
        value: median(runs.map(([, warm = NaN]) => warm)),
        unit: 'ms',
        target: TARGET,
      },
    ]
  })
}

function runOnce(kind: string): number[] {
  const worker = fileURLToPath(new URL('./estimate-run.ts', import.meta.url))
  const run = spawnSync(process.execPath, ['--import', 'tsx', worker, kind], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`the run of estimates failed: ${run.stderr.slice(0, 500)}`)
  return run.stdout.trim().split(' ').map(Number)
}
