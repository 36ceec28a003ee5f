import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOllama } from './fake-ollama.js'
import type { FakeOllama } from './fake-ollama.js'
import { launchBrowser } from './find-browser.js'
import { axeViolations, expectNoSidewaysScroll, openPage, settled } from './open-page.js'
import { installIds, startInstall } from './start-install.js'
import { startLive } from './start-live.js'
import type { LiveServer } from './start-live.js'

const browser = await launchBrowser()

describe.skipIf(browser === null)('an install from the page', () => {
  let ollama: FakeOllama
  let server: LiveServer
  const open = async (path: string) => {
    if (!browser) throw new TypeError('no browser')
    return openPage(browser, server.url + path)
  }

  beforeAll(async () => {
    ollama = await startOllama()
    server = await startLive({ env: { OLLAMA_HOST: ollama.url } })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server.close()
    await ollama.close()
  })

  it('goes from the click to done: cancel keeps what is there, resume and reload lose nothing', async () => {
    const { page, faults, close } = await open('/m/qwen3/0.6b')
    const install = page.getByRole('button', {
      name: /^(Install with Ollama|Download the file) ?: Qwen3 0.6B Q4_K_M$/,
    })
    await expect.poll(() => install.innerText()).toContain('Ollama')
    const bar = page.getByRole('progressbar')
    const percent = async () => Number(await bar.first().getAttribute('aria-valuenow'))
    await install.focus()
    await startInstall(page, () => page.keyboard.press('Enter'))
    await expect.poll(percent).toBeGreaterThanOrEqual(40)
    await expect.poll(() => page.title()).toContain('%')

    await page.getByRole('button', { name: /Cancel/ }).click()
    await page.getByText('Cancelled.').waitFor()
    await startInstall(page, () => page.getByRole('button', { name: /Resume/ }).click())
    await expect.poll(percent).toBeGreaterThanOrEqual(40)
    expect(ollama.pulls.length).toBe(2)
    expect(ollama.pulls[1]).toBeGreaterThan(0)

    await page.reload()
    await expect.poll(percent).toBeGreaterThanOrEqual(40)
    const other = await open('/installed')
    await expect.poll(() => other.page.getByRole('progressbar').count()).toBe(1)
    expect(await axeViolations(other.page)).toEqual([])
    await other.close()

    ollama.release()
    await page.getByText('Qwen3 0.6B is ready.').waitFor()
    expect(await page.locator('.copy-line').first().innerText()).toContain('ollama run qwen3:0.6b')
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('shows hostile names as text, and asks before it removes', async () => {
    const { page, faults, close } = await open('/installed')
    await settled(page)
    await page.locator('bdi', { hasText: 'my/<img src=x onerror=alert(1)>?tune:7b' }).waitFor()
    expect(await page.locator('img').count()).toBe(0)
    await expectNoSidewaysScroll(page)
    await page.getByText('Qwen3 0.6B is ready.').waitFor()
    const before = ollama.names.length
    await page.getByRole('button', { name: /Remove… qwen3:0.6b/ }).click()
    const dialog = page.getByRole('dialog')
    await expect
      .poll(() =>
        dialog.getByRole('button', { name: 'Keep' }).evaluate((each) => each === document.activeElement),
      )
      .toBe(true)
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(ollama.names.length).toBe(before)
    await page.getByRole('button', { name: /Remove… qwen3:0.6b/ }).click()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect.poll(() => ollama.names.length).toBe(before - 1)
    await expect.poll(() => page.locator('.installed-row', { hasText: 'qwen3:0.6b' }).count()).toBe(0)
    // What was installed by the first test is not ready any more.
    await expect.poll(() => page.getByText('Qwen3 0.6B is ready.').count()).toBe(0)
    await page.reload()
    await settled(page)
    await page.waitForLoadState('networkidle')
    expect(await page.getByText('Qwen3 0.6B is ready.').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('is started by the keyboard alone, from the load of the page on', async () => {
    const { page, faults, close } = await open('/')
    await settled(page)
    const pulls = ollama.pulls.length
    await page.keyboard.press('Control+K')
    await page.keyboard.type('qwen3 0.6b')
    await expect.poll(() => page.locator('.rows .row').count()).toBe(1)
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
      )
    for (let step = 0; step < 40 && !(await focused())?.startsWith('Install Qwen3 0.6B'); step++) {
      await page.keyboard.press('Tab')
    }
    expect(await focused()).toMatch(/^Install Qwen3 0\.6B \S+, [\d.]+ [MG]B$/)
    await page.keyboard.press('Enter')
    const yes = page.getByRole('dialog').getByRole('button', { name: 'Install', exact: true })
    const started = () => ollama.pulls.length > pulls
    await expect.poll(async () => started() || (await yes.isVisible())).toBe(true)
    if (!started()) {
      await expect.poll(focused).toBe('Install')
      await page.keyboard.press('Enter')
    }
    await expect.poll(started).toBe(true)
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('waits for the providers before it chooses one of them', async () => {
    const { page, faults, close } = await open('/how')
    let answer = () => {}
    const asked = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/api/model/installed', async (route) => {
      await asked
      await route.continue()
    })
    await page.goto(`${server.url}/m/qwen3/1.7b`)
    const pulls = ollama.pulls.length
    await startInstall(page, async () => {
      await page.getByRole('button', { name: /^Install ?: Qwen3 1.7B Q4_K_M$/ }).click()
      await page.getByText('Checking memory and disk…').waitFor()
      answer()
    })
    await expect.poll(() => ollama.pulls.length).toBe(pulls + 1)
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('never installs because of an address', async () => {
    const { page, close } = await open('/models')
    const before = await installIds(page)
    await page.goto(`${server.url}/m/qwen3/1.7b?install=1`)
    await page.getByRole('button', { name: /^Install with Ollama ?: Qwen3 1.7B Q4_K_M$/ }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await installIds(page)).toEqual(before)
    await close()
  }, 120_000)
})
