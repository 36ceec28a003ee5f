import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './lib/root.js'
import { runScript } from './lib/run-script.js'

const HELP = `Checks the package as users get it: publint, attw, knip, and an install of the packed file into an empty folder.

npm run check:package
`

/** An application with the API mounted in it, which asks itself once; a module of either kind can hold it. */
const HOST = `
const main = async () => {
  const app = fastify()
  await app.register(almanacPlugin)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const response = await fetch('http://127.0.0.1:' + app.server.address().port + '/api/model/tiers')
  const { tiers } = await response.json()
  await app.close()
  if (!tiers.verified) throw new Error('the plugin does not answer')
}
void main()
`

const windows = process.platform === 'win32'

await runScript(() => {
  if (process.argv.includes('--help')) {
    process.stdout.write(HELP)
    return 0
  }
  const folder = mkdtempSync(join(tmpdir(), 'llm-almanac-package-'))
  try {
    const steps: (() => boolean)[] = [
      () => npm(root, ['run', '--silent', 'build']),
      () => tool(['publint', '--strict']),
      () => npm(root, ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]),
      () => tool(['attw', packed(folder), '--profile', 'esm-only', '--quiet']),
      () => tool(['knip']),
      () => installs(folder),
    ]
    return steps.every((step) => step()) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Installs the packed file where nothing else is, and uses every entry point. */
function installs(folder: string): boolean {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const use = [
    "import * as pure from 'llm-almanac'",
    "import * as node from 'llm-almanac/node'",
    "import * as server from 'llm-almanac/server'",
    "import schema from 'llm-almanac/schema/model.schema.json' with { type: 'json' }",
    'for (const part of [pure, node, server]) if (Object.keys(part).length === 0) throw new Error("an entry point exports nothing")',
    "if (schema.title !== 'Model') throw new Error('the schema is not exported')",
  ].join('\n')
  writeFileSync(join(folder, 'use.mjs'), `${use}\n`)
  writeFileSync(
    join(folder, 'host.mjs'),
    `import { fastify } from 'fastify'\nimport { almanacPlugin } from 'llm-almanac/server'\n${HOST}`,
  )
  writeFileSync(
    join(folder, 'host.cjs'),
    `const { fastify } = require('fastify')\nconst { almanacPlugin } = require('llm-almanac/server')\n${HOST}`,
  )
  return (
    npm(folder, ['install', '--silent', '--no-audit', '--no-fund', packed(folder)]) &&
    run(folder, process.execPath, ['--no-warnings', 'use.mjs']) &&
    run(folder, process.execPath, ['host.mjs']) &&
    run(folder, process.execPath, ['--no-warnings', 'host.cjs']) &&
    run(folder, windows ? 'npx.cmd' : 'npx', ['--no-install', 'llm-almanac', 'models', 'qwen3:8b'])
  )
}

function packed(folder: string): string {
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'))
  if (name === undefined) throw new TypeError('npm pack made no file')
  return join(folder, name)
}

function tool(args: readonly string[]): boolean {
  return run(root, windows ? 'npx.cmd' : 'npx', ['--no-install', ...args])
}

function npm(folder: string, args: readonly string[]): boolean {
  return run(folder, windows ? 'npm.cmd' : 'npm', args)
}

/** Runs a step quietly; what it printed is shown only when it fails. */
function run(folder: string, command: string, args: readonly string[]): boolean {
  const result = spawnSync(command, args, { cwd: folder, encoding: 'utf8', shell: windows })
  if (result.status === 0) return true
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  process.stderr.write(`failed: ${command} ${args.join(' ')}\n`)
  return false
}
