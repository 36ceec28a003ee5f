import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GPUS } from '../../generated/gpus.js'
import { launchBrowser } from './find-browser.js'
import { axeViolations, expectNoSidewaysScroll, openPage, settled } from './open-page.js'
import { runJson } from './run-cli.js'

const browser = await launchBrowser()
const out = mkdtempSync(join(tmpdir(), 'almanac-site-'))
/** Requests beside the site's own folder. */
const outside: string[] = []
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** A file server that knows nothing but files, with the site in a folder. */
function serveBelow(prefix: string): Server {
  return createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '')
    if (!path.startsWith(prefix)) {
      outside.push(path)
      return void response.writeHead(404).end()
    }
    const name = path.slice(prefix.length)
    const file = join(out, name.endsWith('/') || name === '' ? `${name}index.html` : name)
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return void response.writeHead(404).end()
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/json').end(readFileSync(file))
  })
}

describe.skipIf(browser === null)('the static site below a path', () => {
  const server = serveBelow('/deep/almanac/')
  let url = ''

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/site.ts', '--out', out])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deep/almanac/`
  }, 150_000)
  afterAll(async () => {
    await browser?.close()
    server.closeAllConnections()
    server.close()
  })

  const open = (path: string, options = {}) => {
    if (!browser) throw new TypeError('no browser')
    return openPage(browser, url + path, options)
  }

  it('ranks for a card that is picked by hand, asks no server, and links to models by their own folders', async () => {
    const { page, faults, close } = await open('?gpu=rtx-4090-24gb&context=8192')
    await settled(page)
    expect(await page.locator('h1').innerText()).toContain(GPUS['rtx-4090-24gb'].name.replace('GeForce ', ''))
    expect(await axeViolations(page)).toEqual([])
    await page.locator('.rows a.name').first().click()
    await page.waitForURL(/\/deep\/almanac\/m\/[^/]+\/[^/]+\/\?/)
    await page.locator('svg.plot').waitFor()
    await page.reload()
    await page.locator('svg.plot').waitFor()
    expect(await page.getByRole('button', { name: /^Install/ }).count()).toBe(0)
    expect(faults).toEqual([])
    expect(outside).toEqual([])
    await close()
  }, 120_000)

  it('can be read without script: a list for 24 GiB, a page with its own title for each model', async () => {
    const home = await open('', { script: false })
    expect(await home.page.locator('table tbody tr').count()).toBeGreaterThan(20)
    await home.close()
    const model = await open('m/qwen3/32b/', { script: false })
    expect(await model.page.title()).toBe('Qwen3 32B – llm-almanac')
    expect(await model.page.locator('h1').innerText()).toBe('Qwen3 32B')
    await model.close()
  }, 120_000)

  it.each([
    ['m/qwen3/32b/?context=8192', 390],
    ['models/', 1440],
    ['how/', 390],
  ])(
    'has every page under its own address, without a violation: %s',
    async (path, width) => {
      const { page, faults, close } = await open(path, { width, theme: 'dark' })
      await page.locator('#app nav').waitFor()
      await settled(page)
      expect(await axeViolations(page)).toEqual([])
      await expectNoSidewaysScroll(page)
      expect(faults).toEqual([])
      expect(outside).toEqual([])
      await close()
    },
    120_000,
  )

  it('carries its policy, and as JSON files what the command line prints', async () => {
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('http-equiv="Content-Security-Policy"')
    const read = (name: string): unknown => JSON.parse(readFileSync(join(out, name), 'utf8'))
    expect(read('api/models.json')).toEqual(await runJson(['models']))
    expect(read('api/m/qwen3/32b.json')).toEqual(await runJson(['show', 'qwen3:32b']))
    expect(read('api/gpus.json')).toEqual(Object.values(GPUS))
  })
})
