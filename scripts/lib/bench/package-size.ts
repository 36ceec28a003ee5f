import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Figure } from './figure.js'

/** Size of the packed package, and of everything that its installation brings. */
export function measurePackage(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-package-'))
  try {
    const packed = execFileSync(
      'npm',
      ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
      { encoding: 'utf8' },
    ).trim()
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', resolve(folder, packed)], {
      cwd: folder,
    })
    const modules = join(folder, 'node_modules')
    return [
      {
        name: 'our own package, unpacked',
        value: sizeOf(join(modules, 'llm-almanac')) / 1e6,
        unit: 'MB',
        target: 4,
      },
      { name: 'all that an install brings', value: sizeOf(modules) / 1e6, unit: 'MB', target: 30 },
      {
        name: 'packages that an install brings',
        value: countPackages(modules),
        unit: 'packages',
        target: 60,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sizeOf(path: string): number {
  const found = statSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}

function countPackages(modules: string): number {
  return readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      /(^|[\\/])(node_modules[\\/])?(@[^\\/]+[\\/])?[^\\/]+[\\/]package\.json$/.test(path) &&
      isPackageRoot(path),
  ).length
}

/** `a/package.json`, `@s/a/package.json`, and the same below a nested node_modules; not a folder inside a package. */
function isPackageRoot(path: string): boolean {
  const parts = path.split(/[\\/]/).slice(0, -1)
  const inner = parts.slice(parts.lastIndexOf('node_modules') + 1)
  return inner.length === 1 || (inner.length === 2 && inner[0]?.startsWith('@') === true)
}
