import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { launchBrowser } from './find-browser.js'
import { babbles, fails, hangs, holds, ODD_NAMES, startOdd } from './odd-providers.js'
import type { OddServer } from './odd-providers.js'
import { axeViolations, expectNoSidewaysScroll, openPage, settled } from './open-page.js'
import { startLive } from './start-live.js'
import type { LiveServer } from './start-live.js'

const browser = await launchBrowser()

describe.skipIf(browser === null)('providers that fail', () => {
  let odd: OddServer[] = []
  let server: LiveServer | undefined
  afterEach(async () => {
    await server?.close()
    await Promise.all(odd.map(({ close }) => close()))
    odd = []
  })
  afterAll(() => browser?.close())

  const startOne = async (listener: Parameters<typeof startOdd>[0]) => {
    const one = await startOdd(listener)
    odd.push(one)
    return one.url
  }
  const open = async (path: string, width = 1440) => {
    if (!browser || !server) throw new TypeError('no browser')
    return openPage(browser, server.url + path, { width })
  }

  it.each([390, 1440])(
    'show hostile names as text, and nothing runs or widens the page at %i px',
    async (width) => {
      server = await startLive({ env: { OLLAMA_HOST: await startOne(holds(ODD_NAMES)) } })
      const { page, faults, close } = await open('/installed', width)
      await expect.poll(() => page.locator('.installed-row').count()).toBe(ODD_NAMES.length)
      const text = await page.locator('.installed-list').innerText()
      expect(text).toContain('<img src=x onerror="document.title=1">:7b')
      expect(text).toContain('</script><script>')
      expect(text).toContain('?gnol-ot-thgir:7b')
      expect(text).toContain('tab?and?bell:1b')
      expect(await page.locator('main img, main script').count()).toBe(0)
      expect(await page.title()).toBe('Installed – llm-almanac')
      await expectNoSidewaysScroll(page)
      expect(await axeViolations(page)).toEqual([])
      expect(faults).toEqual([])
      await close()
    },
    120_000,
  )

  it('stay apart: one hangs and two fail, and the list of the catalog is there at once', async () => {
    server = await startLive({
      env: {
        OLLAMA_HOST: await startOne(fails),
        LM_STUDIO_URL: await startOne(hangs),
        LLAMA_SERVER_URL: await startOne(babbles),
      },
    })
    const { page, faults, close } = await open('/')
    await settled(page)
    expect(await page.locator('.rows .row').count()).toBeGreaterThan(10)
    await page.getByRole('link', { name: 'Installed' }).click()
    await expect.poll(() => page.locator('.provider').allInnerTexts()).toHaveLength(3)
    for (const text of await page.locator('.provider').allInnerTexts()) {
      expect(text).toMatch(/^(Ollama|LM Studio|llama-server)\n+\S.{15,}/)
      expect(text).not.toMatch(/undefined|null|\[object|Error:/)
    }
    expect(await page.locator('.installed-list').innerText()).toContain('Nothing is installed yet.')
    expect(await axeViolations(page)).toEqual([])
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('are shown beside the one that works', async () => {
    server = await startLive({
      env: { OLLAMA_HOST: await startOne(holds(['qwen3:8b'])), LM_STUDIO_URL: await startOne(fails) },
    })
    const { page, close } = await open('/installed')
    await page.locator('.installed-row', { hasText: 'Qwen3 8B' }).waitFor()
    expect(await page.locator('.installed-row').count()).toBe(1)
    expect(await page.locator('.provider', { hasText: 'Ollama' }).innerText()).toContain('1 model.')
    await close()
  }, 120_000)

  it('may hold ten thousand models: the first are shown, the rest on request', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `tune-${index}:7b`)
    server = await startLive({ env: { OLLAMA_HOST: await startOne(holds(names)) } })
    const { page, faults, close } = await open('/installed', 390)
    await page.getByRole('button', { name: 'Show all 10,000' }).waitFor()
    expect(await page.locator('.installed-row').count()).toBe(100)
    await expectNoSidewaysScroll(page)
    expect(faults).toEqual([])
    await close()
  }, 120_000)
})
