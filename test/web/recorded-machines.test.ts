import { afterAll, describe, expect, it } from 'vitest'
import { defaultBuild, getModel } from '../../src/catalog/index.js'
import type { Machine } from '../../src/machine.js'
import { memoryOfBuild, planPlacement } from '../../src/memory/index.js'
import { formatGib } from '../../src/units.js'
import { launchBrowser } from './find-browser.js'
import { axeViolations, expectNoSidewaysScroll, openPage, settled } from './open-page.js'
import { RECORDED } from './recordings.js'
import type { RecordedName } from './recordings.js'
import { startLive } from './start-live.js'

const browser = await launchBrowser()

/** What the headline and the list say of each machine. */
const EXPECTED: Readonly<Record<RecordedName, { title: RegExp; text?: RegExp; lanes: number }>> = {
  'one card': { title: /^Best on your RTX 4090:/, text: /fit whole on the card/, lanes: 1 },
  'two unequal cards': { title: /^Best on your RTX 3090 and RTX 4060 Ti:.*across 2 cards/s, lanes: 2 },
  Apple: {
    title: /^Best on your Apple M3 Max:/,
    text: /fit whole at[^]*48 GiB shared with the system/,
    lanes: 1,
  },
  'no card': { title: /^No graphics card found\./, text: /there is room for 10 GiB/, lanes: 1 },
  'driver mismatch': {
    title: /^Your graphics card does not answer\./,
    text: /A restart usually helps\./,
    lanes: 1,
  },
  'unknown free memory': { title: /^The free memory of your Arc A770 is unknown\./, lanes: 1 },
  'full card': { title: /^There is no room on your RTX 4090 now\./, text: /RAM: 46\.0 GiB/, lanes: 2 },
}

describe.skipIf(browser === null)('a recorded machine', () => {
  afterAll(() => browser?.close())

  it.each(Object.keys(RECORDED) as RecordedName[])(
    '%s: is named, drawn and described without a violation, on a phone and a desktop',
    async (name) => {
      const server = await startLive({ machine: name })
      const { title, text, lanes } = EXPECTED[name]
      if (!browser) return
      const { page, faults, close } = await openPage(browser, server.url, { theme: 'light', width: 390 })
      for (const [theme, width] of [
        ['light', 390],
        ['dark', 1440],
      ] as const) {
        await page.emulateMedia({ colorScheme: theme })
        await page.setViewportSize({ width, height: 900 })
        await settled(page)
        expect((await page.locator('h1').innerText()).replaceAll('\n', ' ')).toMatch(title)
        if (text) expect(await page.locator('main').innerText()).toMatch(text)
        expect(await page.locator('.machine-row .device').count()).toBe(lanes)
        expect(await page.locator('.rows .row').count()).toBeGreaterThan(3)
        expect(await axeViolations(page)).toEqual([])
        await expectNoSidewaysScroll(page)
      }
      expect(faults).toEqual([])
      await close()
      await server.close()
    },
    120_000,
  )

  it('draws what a split build holds in system memory as a line of its own', async () => {
    const server = await startLive()
    if (!browser) return
    const { page, faults, close } = await openPage(browser, `${server.url}/m/qwen3/32b`)
    await page.locator('.host path').waitFor()
    const { platform, arch, ram, gpus } = await (await fetch(`${server.url}/api/model/machine`)).json()
    const machine: Machine = { platform, arch, ram, gpus, problems: [] }
    const { architecture } = getModel('qwen3:32b')
    const build = defaultBuild(getModel('qwen3:32b'))
    if (!build) throw new TypeError('no build')
    const memory = memoryOfBuild(architecture, build)
    const { host_bytes, fit } = planPlacement(memory, { context: 40_960 }, machine)
    expect(fit).toBe('partial')
    expect(await page.locator('.host text').textContent()).toBe(`In system memory: ${formatGib(host_bytes)}`)
    expect(await page.locator('svg.plot desc').textContent()).toContain(`${formatGib(host_bytes)} at 40K`)
    await page.goto(`${server.url}/m/qwen3/8b`)
    await page.locator('svg.plot').waitFor()
    expect(await page.locator('.host').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
    await server.close()
  }, 120_000)

  it('shows a plot for each of two cards, and one for a build that one card holds', async () => {
    const server = await startLive({ machine: 'two unequal cards' })
    if (!browser) return
    const { page, faults, close } = await openPage(browser, `${server.url}/m/qwen3/32b`)
    await expect.poll(() => page.locator('svg.plot').count()).toBe(2)
    expect(await page.locator('.plot-label').allTextContents()).toEqual([
      'GPU 0, NVIDIA GeForce RTX 3090',
      'GPU 1, NVIDIA GeForce RTX 4060 Ti',
    ])
    expect(await axeViolations(page)).toEqual([])
    await page.goto(`${server.url}/m/qwen3/8b`)
    await expect.poll(() => page.locator('svg.plot').count()).toBe(1)
    expect(await page.locator('.plot-label').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
    await server.close()
  }, 120_000)

  it.each([
    ['one card', 1],
    ['two unequal cards', 2],
  ] as const)(
    '%s: has its limits run unbroken through the ruler, the rows and an opened row',
    async (machine, limits) => {
      const server = await startLive({ machine })
      if (!browser) return
      const { page, close } = await openPage(browser, server.url)
      await settled(page)
      await page.locator('.rows .amount').first().click()
      const places = (selector: string) =>
        page
          .locator(selector)
          .evaluateAll((all) =>
            [...new Set(all.map((each) => Math.round(each.getBoundingClientRect().left)))].sort(
              (a, b) => a - b,
            ),
          )
      const line = limits === 1 ? '.limit' : '.guide'
      const ruler = await places(`.ruler ${line}`)
      expect(ruler).toHaveLength(limits)
      expect(await places(`.rows .row > .lanes[role=img] ${line}`)).toEqual(ruler)
      expect(await places(`.rows .beside ${line}`)).toEqual(ruler)
      const [row, beside] = [
        await page.locator('.rows .row').first().boundingBox(),
        await page.locator('.rows .beside').boundingBox(),
      ]
      expect((beside?.y ?? 0) + (beside?.height ?? 0)).toBeCloseTo((row?.y ?? 0) + (row?.height ?? -1), 0)
      await close()
      await server.close()
    },
    120_000,
  )
})
