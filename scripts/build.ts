import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'vite'
import { compressPage } from './lib/compress-page.js'
import { packageBuild } from './lib/package-build.js'
import { root } from './lib/root.js'
import { runScript } from './lib/run-script.js'

const HELP = `Builds the package into dist/: types by tsc, JavaScript and the web page by Vite. Says nothing when all is well.

npm run build
`

const WEB_CONFIG = 'src/web/vite.config.ts'

await runScript(async () => {
  if (process.argv.includes('--help')) {
    process.stdout.write(HELP)
    return 0
  }
  for (const folder of ['src', 'generated', 'web']) {
    rmSync(join(root, 'dist', folder), { recursive: true, force: true })
  }
  if (!run(binary('typescript', 'tsc'), ['-p', 'tsconfig.build.json'])) return 1
  await build(packageBuild())
  if (!buildPage()) return 1
  for (const path of binPaths()) chmodSync(join(root, path), 0o755)
  return 0
})

/** The page is built into dist/web, beside the server that serves it. */
function buildPage(): boolean {
  if (!existsSync(join(root, WEB_CONFIG))) return true
  const ok = run(binary('vite', 'vite'), ['build', '--config', WEB_CONFIG, '--logLevel', 'warn'])
  if (!ok || !readdirSync(join(root, 'dist')).includes('web')) {
    process.stderr.write('the page was not built into dist/web\n')
    return false
  }
  compressPage(join(root, 'dist/web/assets'))
  return true
}

/** Path of a tool's script, from its package: `.bin` links differ between systems. */
function binary(packageName: string, name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
  const { bin }: { bin?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'))
  const path =
    typeof bin === 'object' && bin !== null ? Object.entries(bin).find(([key]) => key === name)?.[1] : bin
  if (typeof path !== 'string') throw new TypeError(`${packageName} has no command ${name}`)
  return join(manifest, '..', path)
}

function run(script: string, args: readonly string[]): boolean {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  return status === 0
}

function binPaths(): string[] {
  const { bin }: { bin?: unknown } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  if (typeof bin !== 'object' || bin === null) return []
  return Object.values(bin).filter((path) => typeof path === 'string')
}
