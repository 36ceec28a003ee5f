import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './find-browser.js'
import { NO_CARD, ONE_CARD } from './machines.js'
import { axeViolations, expectNoSidewaysScroll, openPage, settled } from './open-page.js'
import { startPage } from './start-page.js'
import type { PageServer } from './start-page.js'

const browser = await launchBrowser()

describe.skipIf(browser === null)('every page', () => {
  let server: PageServer
  let bare: PageServer
  const open = async (url: string, options = {}) => {
    if (!browser) throw new TypeError('no browser')
    const opened = await openPage(browser, url, options)
    await settled(opened.page)
    return opened
  }

  beforeAll(async () => {
    server = await startPage(ONE_CARD)
    bare = await startPage(NO_CARD)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await Promise.all([server.close(), bare.close()])
  })

  it.each(
    ['/m/qwen3/32b?context=8192', '/installed', '/models', '/how', '/m/no/such'].flatMap((path) =>
      (
        [
          ['light', 390],
          ['dark', 1440],
        ] as const
      ).map(([theme, width]) => [path, theme, width] as const),
    ),
  )(
    '%s has no violation and no sideways scroll in %s at %i px',
    async (path, theme, width) => {
      const { page, faults, close } = await open(server.url + path, { theme, width })
      await page.waitForFunction(() => document.querySelector('.evidence-wait') === null)
      expect(await axeViolations(page)).toEqual([])
      await expectNoSidewaysScroll(page)
      expect(faults).toEqual([])
      await close()
    },
    120_000,
  )

  it.each(['/', '/m/qwen3/32b?context=8192', '/installed', '/models'])(
    '%s loses nothing sideways at 320 px, as wide as a window of 1280 px enlarged four times',
    async (path) => {
      const { page, close } = await open(server.url + path, { width: 320 })
      await expectNoSidewaysScroll(page)
      await close()
    },
    120_000,
  )

  it('compares with one other build, as a line without an area', async () => {
    const { page, faults, close } = await open(`${server.url}/m/qwen3/32b?context=8192`)
    await page.getByLabel('Compare with another build').selectOption('Q8_0')
    await page.locator('.compared path').waitFor()
    expect(await page.locator('.compared text').textContent()).toMatch(/^Q8_0: [\d.]+ GiB to [\d.]+ GiB$/)
    expect(await page.locator('.compared path').evaluate((path) => getComputedStyle(path).fill)).toBe('none')
    await page.getByLabel('Compare with another build').selectOption('')
    await expect.poll(() => page.locator('.compared').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('keeps the verdict and the button of a model in view on a phone', async () => {
    const { page, close } = await open(`${server.url}/m/qwen3/32b?context=8192`, { width: 390 })
    const dock = page.locator('.dock')
    await dock.getByText('Only with less kept free').waitFor()
    const box = await dock.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(844, 0)
    expect(await dock.getByRole('button', { name: /^Install Qwen3 32B Q4_K_M/ }).isVisible()).toBe(true)
    await close()
  }, 120_000)

  it('moves the plot by the arrow keys, one stop at a time, and says so', async () => {
    const { page, faults, close } = await open(`${server.url}/m/qwen3/32b?context=8192`)
    const slider = page.getByRole('slider', { name: 'Context in tokens' })
    await slider.waitFor()
    expect(await slider.getAttribute('aria-valuetext')).toMatch(
      /^8,192 tokens: needs [\d.]+ GiB, 0\.\d GiB too much$/,
    )
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.url()).toContain('context=6144')
    await page.keyboard.press('PageDown')
    await expect.poll(() => page.url()).toContain('context=3072')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain('to spare')
    await page.getByText('Show these numbers as a table').click()
    expect(await page.locator('.plot-table tbody tr').count()).toBeGreaterThan(5)
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('is kind where there is no card', async () => {
    const { page, close } = await open(bare.url)
    expect(await page.locator('h1').innerText()).toContain('Your graphics card does not answer.')
    expect(await page.locator('.notice').innerText()).toContain('A restart usually helps.')
    await close()
  }, 120_000)

  it('goes on working when the server stops', async () => {
    const lone = await startPage(NO_CARD)
    const { page, close } = await open(lone.url)
    await lone.close()
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await page.getByText('llm-almanac has stopped answering.').waitFor()
    expect(await page.locator('.rows .row').count()).toBeGreaterThan(3)
    await close()
  }, 120_000)
})
