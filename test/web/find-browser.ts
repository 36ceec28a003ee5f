import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { inject } from 'vitest'

export interface BrowserFile {
  path: string
  args: string[]
}

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const ARGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The package's browser unpacks to a fixed name and trusts what lies there, so it gets a folder of its own. */
export async function unpackBrowser(folder: string): Promise<BrowserFile | null> {
  if (process.platform !== 'linux' || process.env['CHROMIUM_PATH'] !== undefined) return null
  const old = process.env['TMPDIR']
  try {
    process.env['TMPDIR'] = folder
    const { default: packaged } = await import('@sparticuz/chromium')
    // Most of its arguments are for a cloud function without a sandbox or a shared memory.
    const args = packaged.args.filter((arg) => arg.startsWith('--no-'))
    return { path: await packaged.executablePath(), args }
  } catch {
    return null
  } finally {
    if (old === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = old
  }
}

/** Starts the first browser that runs: `CHROMIUM_PATH`, the package's, an installed one; null where none does. */
export async function launchBrowser(): Promise<Browser | null> {
  for (const { path, args } of await listBrowsers()) {
    if (!existsSync(path)) continue
    try {
      return await chromium.launch({ executablePath: path, args: [...ARGS, ...args] })
    } catch (error) {
      console.warn(`web tests: ${path} does not start: ${String(error).split('\n')[0]}`)
    }
  }
  console.warn('\n*** web tests SKIPPED: no Chromium starts here. Set CHROMIUM_PATH to one. ***\n')
  return null
}

async function listBrowsers(): Promise<BrowserFile[]> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const given = process.env['CHROMIUM_PATH']
  if (given !== undefined) return [{ path: given, args: sandbox }]
  const shared = inject('packagedBrowser')
  const packaged =
    shared === undefined ? await unpackBrowser(mkdtempSync(join(tmpdir(), 'almanac-chromium-'))) : shared
  const installed = INSTALLED.map((path) => ({ path, args: sandbox }))
  return packaged
    ? [{ ...packaged, args: [...new Set([...sandbox, ...packaged.args])] }, ...installed]
    : installed
}
