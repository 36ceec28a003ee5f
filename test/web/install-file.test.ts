import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GIB } from '../../src/units.js'
import { launchBrowser } from './find-browser.js'
import { axeViolations, openPage } from './open-page.js'
import type { Opened } from './open-page.js'
import { startHub } from './slow-hub.js'
import type { SlowHub } from './slow-hub.js'
import { installIds, startInstall } from './start-install.js'
import { startLive } from './start-live.js'
import type { LiveServer } from './start-live.js'

const browser = await launchBrowser()
const MODEL = '/m/qwen3/0.6b'
const TOO_SMALL = { total_bytes: 2 * GIB, available_bytes: GIB }

/** Size of the partial file, once nothing is written to it any more. */
async function keptBytes(home: string): Promise<number> {
  let last = -1
  await expect
    .poll(
      () => {
        const sizes = readdirSync(home, { recursive: true, encoding: 'utf8' })
          .map((name) => statSync(join(home, name)))
          .flatMap((found) => (found.isFile() ? [found.size] : []))
        const before = last
        last = Math.max(...sizes)
        return last === before
      },
      { interval: 150 },
    )
    .toBe(true)
  return last
}

describe.skipIf(browser === null)('a file from a look-alike of Hugging Face', () => {
  let hub: SlowHub
  let server: LiveServer
  let opened: Opened[]

  beforeEach(async () => {
    opened = []
    hub = await startHub()
    server = await startLive({ env: { HF_ENDPOINT: hub.url } })
  })
  afterEach(async () => {
    await Promise.all(opened.map(({ close }) => close()))
    await server.close()
    await hub.close()
  })
  afterAll(() => browser?.close())

  const open = async (path: string): Promise<Page> => {
    if (!browser) throw new TypeError('no browser')
    const one = await openPage(browser, server.url + path)
    opened.push(one)
    return one.page
  }
  const download = (page: Page) => page.locator('#get').getByRole('button', { name: /^Download the file/ })
  const start = (page: Page) => startInstall(page, () => download(page).click())
  const resume = (page: Page) =>
    startInstall(page, () => page.getByRole('button', { name: /^Resume/ }).click())
  const percent = async (page: Page) =>
    Number(await page.locator('.install-panel [role=progressbar]').first().getAttribute('aria-valuenow'))
  const models = () => {
    const folder = join(server.home, 'models')
    return existsSync(folder) ? readdirSync(folder) : []
  }
  const noFaults = () => expect(opened.flatMap(({ faults }) => faults)).toEqual([])

  it('arrives whole: reload at 40%, a second tab, cancel, and on from the same byte', async () => {
    hub.hold = hub.content.length * 0.4
    const page = await open(MODEL)
    await start(page)
    await expect.poll(() => percent(page)).toBe(40)
    await page.reload()
    await expect.poll(() => percent(page)).toBe(40)
    const second = await open('/installed')
    await expect.poll(() => percent(second)).toBe(40)
    expect(await axeViolations(second)).toEqual([])
    expect(models()).toEqual([])

    await page.getByRole('button', { name: /^Cancel/ }).click()
    await page.getByText('so far are kept').waitFor()
    hub.hold = Infinity
    const kept = await keptBytes(server.home)
    await resume(page)
    const seen: number[] = []
    await expect
      .poll(
        async () => {
          if (await page.getByText('Qwen3 0.6B is ready.').isVisible()) return 'ready'
          seen.push(await percent(page).catch(() => 0))
          return 'coming'
        },
        { interval: 20 },
      )
      .toBe('ready')
    expect(hub.starts).toEqual([0, kept])
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    const [file = ''] = models()
    const path = join(server.home, 'models', file)
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(hub.sha256)
    await page.locator('.install-panel .copy-line', { hasText: `llama-server -m ${path} -ngl ` }).waitFor()
    noFaults()
  }, 120_000)

  it('is one install, however often the button is pressed', async () => {
    hub.hold = hub.content.length * 0.2
    const page = await open(MODEL)
    await startInstall(page, () => download(page).dblclick())
    await expect.poll(() => percent(page)).toBe(20)
    expect(await installIds(page)).toHaveLength(1)
    expect(hub.starts).toEqual([0])
    noFaults()
  }, 120_000)

  it('is deleted where it arrives damaged, with both hashes under Details', async () => {
    hub.announced.sha256 = 'ab'.repeat(32)
    const page = await open(MODEL)
    await start(page)
    await page.getByText('The file arrived damaged and was deleted. Nothing was installed.').waitFor()
    await page.locator('.install-panel summary').click()
    const details = await page.locator('.install-panel details').innerText()
    expect(details).toContain('ab'.repeat(32))
    expect(details).toContain(hub.sha256)
    expect(await page.getByRole('button', { name: /^Download again/ }).count()).toBe(1)
    expect(models()).toEqual([])
    noFaults()
  }, 120_000)

  it('says how much space is missing on a full disk', async () => {
    hub.announced.bytes = 2 ** 50
    const page = await open(MODEL)
    await start(page)
    await page.locator('.install-panel .bad', { hasText: /space/ }).waitFor()
    expect(hub.starts).toEqual([])
    expect(models()).toEqual([])
    noFaults()
  }, 120_000)

  it('explains what a gated repository wants', async () => {
    hub.announced.status = 401
    const page = await open(MODEL)
    await start(page)
    await page
      .getByText(
        'This model asks you to accept its licence on Hugging Face first. Then set HF_TOKEN and restart.',
      )
      .waitFor()
    expect(models()).toEqual([])
    noFaults()
  }, 120_000)

  it('is not begun where the gate is closed, unless somebody insists under Details', async () => {
    const page = await open('/m/deepseek-r1/671b')
    await download(page).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Not enough memory').waitFor()
    expect(await dialog.getByRole('link', { name: 'See what fits' }).count()).toBe(1)
    expect(await dialog.getByRole('button', { name: 'Install anyway' }).isVisible()).toBe(false)
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(hub.starts).toEqual([])
    noFaults()
  }, 120_000)

  it('is begun where memory is short and somebody insists', async () => {
    await server.close()
    server = await startLive({ env: { HF_ENDPOINT: hub.url }, machine: TOO_SMALL })
    const page = await open(MODEL)
    await download(page).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Not enough memory').waitFor()
    await dialog.getByText('Details').click()
    await dialog.getByRole('button', { name: 'Install anyway' }).click()
    await page.getByText('Qwen3 0.6B is ready.').waitFor()
    expect(await dialog.count()).toBe(0)
    expect(hub.starts).toEqual([0])
    expect(models()).toHaveLength(1)
    noFaults()
  }, 120_000)

  it('says which part of several is on its way', async () => {
    hub.hold = hub.content.length * 0.2
    const page = await open(MODEL)
    const event = { type: 'progress', phase: 'downloading', part: 2, parts: 3, completed_bytes: 2 * GIB }
    await page.route('**/api/model/install/*/events', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `data: ${JSON.stringify({ ...event, total_bytes: 4 * GIB })}\n\n`,
      }),
    )
    await start(page)
    await page.getByText('Downloading, part 2 of 3').waitFor()
    await expect.poll(() => percent(page)).toBe(50)
  }, 120_000)

  it('goes on after the server was stopped and started again', async () => {
    hub.hold = hub.content.length * 0.6
    const page = await open(MODEL)
    await start(page)
    await expect.poll(() => percent(page)).toBe(60)
    const { home, port } = server
    await server.close()
    const kept = await keptBytes(home)
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await page.getByText('llm-almanac has stopped answering.').waitFor()
    server = await startLive({ env: { HF_ENDPOINT: hub.url }, home, port })
    hub.hold = Infinity
    await page.getByText('llm-almanac has stopped answering.').waitFor({ state: 'detached' })
    await resume(page)
    await page.getByText('Qwen3 0.6B is ready.').waitFor()
    expect(hub.starts.at(-1)).toBe(kept)
  }, 120_000)
})
