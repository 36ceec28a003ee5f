import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureCatalogScripts } from './lib/bench/catalog-scripts.js'
import { measureEstimates } from './lib/bench/estimate-time.js'
import { measureCommands, median } from './lib/bench/measure-command.js'
import { measureRecommend } from './lib/bench/recommend-time.js'
import { measureServer } from './lib/bench/server.js'
import { measurePackage } from './lib/bench/package-size.js'
import type { Figure } from './lib/bench/figure.js'

const HELP = `Usage: npm run bench [-- --server | --quick]

Prints the figures that README quotes, each beside its target. Builds the package where dist/ is missing.

  --server  only the HTTP server: requests per second of its routes
  --quick   leave out the synthetic catalogs of 1,000 and 10,000 models
`

const RUNS = 15

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      quick: { type: 'boolean' },
      server: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return
  }
  if (!existsSync('dist/src/cli/main.js')) spawnSync('npm', ['run', 'build'], { stdio: 'inherit' })
  if (values.server) {
    for (const figure of await measureServer()) print(figure)
    return
  }
  for (const figure of [
    ...measureStart(),
    ...measureEstimates(),
    ...measureRecommend(),
    ...measurePackage(),
  ]) {
    print(figure)
  }
  for (const figure of measureCatalogScripts(values.quick ? [130] : [130, 1_000, 10_000])) print(figure)
}

/** The command line's cold start against node itself. */
function measureStart(): Figure[] {
  const cli = 'dist/src/cli/main.js'
  const times = measureCommands(
    {
      bare: ['-e', '0'],
      recommend: [cli, 'recommend', '--json'],
      partly: [cli, 'recommend', '--json', '--vram', '8GiB'],
      imported: ['--input-type=module', '-e', "import './dist/src/index.js'"],
    },
    RUNS,
  )
  const bare = median(times.bare)
  const recommend = median(times.recommend)
  return [
    { name: 'node -e 0', value: bare, unit: 'ms' },
    { name: 'recommend --json, cold', value: recommend, unit: 'ms' },
    { name: 'recommend --json against node -e 0', value: recommend / bare, unit: '×', target: 2.5 },
    { name: 'recommend --json --vram 8GiB, cold', value: median(times.partly), unit: 'ms' },
    { name: 'import of the library', value: median(times.imported) - bare, unit: 'ms', target: 25 },
  ]
}

function print({ name, value, unit, target }: Figure): void {
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(2)
  const verdict =
    target === undefined ? '' : `   target ≤ ${target} ${unit}${value <= target ? '' : '   MISSED'}`
  process.stdout.write(`${name.padEnd(58)}${shown.padStart(9)} ${unit}${verdict}\n`)
}

await main()
