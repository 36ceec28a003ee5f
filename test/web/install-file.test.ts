import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from './find-browser.js'
import { axeViolations, openPage } from './open-page.js'
import type { Opened } from './open-page.js'
import { startHub } from './slow-hub.js'
import type { SlowHub } from './slow-hub.js'
import { startLive } from './start-live.js'
import type { LiveServer } from './start-live.js'

const browser = await launchBrowser()
const MODEL = '/m/qwen3/0.6b'

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
  const start = async (page: Page) => {
    await page
      .locator('#get')
      .getByRole('button', { name: /^Download the file/ })
      .click()
    await confirm(page)
  }
  /** The gate asks where it has something to say. */
  const confirm = async (page: Page) => {
    const yes = page.getByRole('dialog').getByRole('button', { name: 'Install', exact: true })
    await Promise.race([yes.waitFor().then(() => yes.click()), page.locator('.install-panel').waitFor()])
  }
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
    await expect.poll(() => percent(page), { timeout: 15_000 }).toBe(40)
    await page.reload()
    await expect.poll(() => percent(page), { timeout: 15_000 }).toBe(40)
    const second = await open('/installed')
    await expect.poll(() => percent(second), { timeout: 15_000 }).toBe(40)
    expect(await axeViolations(second)).toEqual([])
    expect(models()).toEqual([])

    await page.getByRole('button', { name: /^Cancel/ }).click()
    await page.getByText('so far are kept').waitFor()
    hub.hold = Infinity
    const kept = await keptBytes(server.home)
    await page.getByRole('button', { name: /^Resume/ }).click()
    await confirm(page)
    const seen: number[] = []
    await expect
      .poll(
        async () => {
          if (await page.getByText('Qwen3 0.6B is ready.').isVisible()) return 'ready'
          seen.push(await percent(page).catch(() => 0))
          return 'coming'
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBe('ready')
    expect(hub.starts).toEqual([0, kept])
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    const [file = ''] = models()
    const path = join(server.home, 'models', file)
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(hub.sha256)
    expect(await page.locator('.install-panel').innerText()).toContain(file)
    noFaults()
  }, 60_000)

  it('is one install, however often the button is pressed', async () => {
    hub.hold = hub.content.length * 0.2
    const page = await open(MODEL)
    await page
      .locator('#get')
      .getByRole('button', { name: /^Download the file/ })
      .dblclick()
    await confirm(page)
    await expect.poll(() => percent(page), { timeout: 15_000 }).toBe(20)
    const answer = await page.evaluate(async () => (await fetch('/api/model/install')).json())
    expect(answer.installs).toHaveLength(1)
    expect(hub.starts).toEqual([0])
    noFaults()
  }, 60_000)

  it('is deleted where it arrives damaged, with both hashes under Details', async () => {
    hub.announced.sha256 = 'ab'.repeat(32)
    const page = await open(MODEL)
    await start(page)
    await page
      .getByText('The file arrived damaged and was deleted. Nothing was installed.')
      .waitFor({ timeout: 20_000 })
    await page.locator('.install-panel summary').click()
    const details = await page.locator('.install-panel details').innerText()
    expect(details).toContain('ab'.repeat(32))
    expect(details).toContain(hub.sha256)
    expect(await page.getByRole('button', { name: /^Download again/ }).count()).toBe(1)
    expect(models()).toEqual([])
    noFaults()
  }, 60_000)

  it('says how much space is missing on a full disk', async () => {
    hub.announced.bytes = 2 ** 50
    const page = await open(MODEL)
    await start(page)
    await page.locator('.install-panel .bad', { hasText: /space/ }).waitFor({ timeout: 15_000 })
    expect(hub.starts).toEqual([])
    expect(models()).toEqual([])
    noFaults()
  }, 60_000)

  it('explains what a gated repository wants', async () => {
    hub.announced.status = 401
    const page = await open(MODEL)
    await start(page)
    await page
      .getByText(
        'This model asks you to accept its licence on Hugging Face first. Then set HF_TOKEN and restart.',
      )
      .waitFor({ timeout: 15_000 })
    expect(models()).toEqual([])
    noFaults()
  }, 60_000)

  it('is not begun where the gate is closed, unless somebody insists under Details', async () => {
    const page = await open('/m/deepseek-r1/671b')
    await page
      .locator('#get')
      .getByRole('button', { name: /^Download the file/ })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Not enough memory').waitFor()
    expect(await dialog.getByRole('link', { name: 'See what fits' }).count()).toBe(1)
    expect(await dialog.getByRole('button', { name: 'Install anyway' }).isVisible()).toBe(false)
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(hub.starts).toEqual([])
    noFaults()
  }, 60_000)

  it('goes on after the server was stopped and started again', async () => {
    hub.hold = hub.content.length * 0.6
    const page = await open(MODEL)
    await start(page)
    await expect.poll(() => percent(page), { timeout: 15_000 }).toBe(60)
    const { home, port } = server
    await server.close()
    const kept = await keptBytes(home)
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await page.getByText('llm-almanac has stopped answering.').waitFor({ timeout: 15_000 })
    server = await startLive({ env: { HF_ENDPOINT: hub.url }, home, port })
    hub.hold = Infinity
    await page.getByText('llm-almanac has stopped answering.').waitFor({ state: 'detached', timeout: 15_000 })
    await page.getByRole('button', { name: /^Resume/ }).click({ timeout: 15_000 })
    await confirm(page)
    await page.getByText('Qwen3 0.6B is ready.').waitFor({ timeout: 20_000 })
    expect(hub.starts.at(-1)).toBe(kept)
  }, 60_000)
})
