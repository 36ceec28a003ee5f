import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Times 1,000 estimates of the built library in a process that has asked for nothing before, then the same number of
 * others again and again; prints the milliseconds of the first and the median of the others.
 */
const library: typeof import('../../../src/index.js') = await import(
  pathToFileURL(resolve('dist/src/index.js')).href
)
const { estimateMemory, listModels, memoryOfBuild } = library
type Asked = Parameters<typeof estimateMemory>

const ESTIMATES = 1_000
const ROUNDS = 9
const CELL_STEP = 256
const LONGEST = 131_072
const TYPES = ['f16', 'q8_0', 'q4_0'] as const
const one = process.argv[2] === 'one'

let seed = 1
function below(end: number): number {
  seed = (seed * 48_271) % 2_147_483_647
  return seed % end
}

function pick<T>(list: readonly T[]): T {
  const item = list[below(list.length)]
  if (item === undefined) throw new TypeError('nothing to pick from')
  return item
}

const models = listModels().filter(({ builds }) => builds.length > 0)
const first = pick(models)

/** A build of any model at any context with any cache, or one model's at one context after another. */
function question(index: number): Asked {
  const { architecture, builds, context } = one ? first : pick(models)
  const longest = Math.min(LONGEST, context.max)
  const tokens = one
    ? 1 + ((index * 977) % longest)
    : 512 + CELL_STEP * below(Math.floor(longest / CELL_STEP))
  const load = { context: tokens, kv_type_k: pick(TYPES), kv_type_v: pick(TYPES), parallel: 1 + below(4) }
  return [memoryOfBuild(architecture, pick(builds)), one ? { context: tokens } : load]
}

function timeRound(): number {
  const asked = Array.from({ length: ESTIMATES }, (_, index) => question(index))
  const start = performance.now()
  for (const [model, load] of asked) estimateMemory(model, load)
  return performance.now() - start
}

const cold = timeRound()
const warm = Array.from({ length: ROUNDS }, timeRound).sort((a, b) => a - b)
process.stdout.write(`${cold} ${warm[ROUNDS >> 1]}\n`)
