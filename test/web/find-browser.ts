import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

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
async function packagedBrowser(): Promise<{ path: string; args: string[] } | null> {
  if (process.platform !== 'linux') return null
  const old = process.env['TMPDIR']
  try {
    process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'almanac-chromium-'))
    const { default: packaged } = await import('@sparticuz/chromium')
    return { path: await packaged.executablePath(), args: packaged.args }
  } catch {
    return null
  } finally {
    if (old === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = old
  }
}

/** Starts the first browser that runs: `CHROMIUM_PATH`, the package's, an installed one; null where none does. */
export async function launchBrowser(): Promise<Browser | null> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const given = process.env['CHROMIUM_PATH']
  const packaged = given === undefined ? await packagedBrowser() : null
  const candidates = [
    ...(given === undefined ? [] : [{ path: given, args: [] }]),
    ...(packaged
      ? [
          {
            path: packaged.path,
            args: packaged.args.filter((arg) => arg.startsWith('--no-') || arg === '--single-process'),
          },
        ]
      : []),
    ...INSTALLED.map((path) => ({ path, args: [] })),
  ]
  for (const { path, args } of candidates) {
    if (!existsSync(path)) continue
    try {
      return await chromium.launch({
        executablePath: path,
        args: [...new Set([...ARGS, ...sandbox, ...args.filter((arg) => arg !== '--single-process')])],
      })
    } catch (error) {
      console.warn(`web tests: ${path} does not start: ${String(error).split('\n')[0]}`)
    }
  }
  console.warn('\n*** web tests SKIPPED: no Chromium starts here. Set CHROMIUM_PATH to one. ***\n')
  return null
}
