import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { accuracyOf, type TruthFile } from './lib/accuracy-rows.js'
import { printAccuracy } from './lib/accuracy-table.js'

const DEFAULT = '../shared/truth/memory.json'

const HELP = `npm run accuracy [-- FILE]

Prints how far the memory estimates are from what llama.cpp allocates, by architecture and cache type.
FILE is a truth file (default ${DEFAULT}).`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
})
const file = positionals[0] ?? DEFAULT

if (values.help) {
  console.log(HELP)
} else if (!existsSync(file)) {
  console.log(`No truth file at ${file}: nothing to compare with. Give its path as the argument.`)
} else {
  const truth: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!isTruth(truth)) {
    console.error(`${file} is not a truth file: it has no models and rows.`)
    process.exitCode = 3
  } else printAccuracy(accuracyOf(truth))
}

function isTruth(value: unknown): value is TruthFile {
  return typeof value === 'object' && value !== null && 'models' in value && 'rows' in value
}
