import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getModel, isModelId } from '../../src/catalog/index.js'
import { recommend } from '../../src/recommend/index.js'
import { formatGib, GIB } from '../../src/units.js'
import { launchBrowser } from './find-browser.js'
import { LARGE } from './machines.js'
import { axeViolations, expectNoSidewaysScroll, openPage, settled } from './open-page.js'
import { startPage } from './start-page.js'
import type { PageServer } from './start-page.js'

const browser = await launchBrowser()

describe.skipIf(browser === null)('the ranked list', () => {
  let server: PageServer
  const open = async (path = '/', options = {}) => {
    if (!browser) throw new TypeError('no browser')
    const opened = await openPage(browser, server.url + path, options)
    await settled(opened.page)
    return opened
  }

  beforeAll(async () => {
    server = await startPage(LARGE)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server.close()
  })

  it('says what runs best, in the order and with the numbers of recommend()', async () => {
    const { page, faults, close } = await open('/?context=8192')
    const { recommendations } = recommend(LARGE, { context: 8192 })
    const best = recommendations[0]
    if (!best) throw new TypeError('nothing fits')
    expect(await page.locator('h1').innerText()).toContain(getModel(best.model).name)
    const names = await page.locator('.rows a.name').allTextContents()
    expect(names).toEqual(recommendations.slice(0, names.length).map(({ model }) => getModel(model).name))
    const amounts = await page
      .locator('.amount')
      .evaluateAll((all) => all.map((each) => each.firstChild?.textContent))
    expect(amounts).toEqual(
      recommendations.slice(0, amounts.length).map((row) => formatGib(row.needed_bytes)),
    )
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it.each([
    ['gpu=b200-180gb&count=16&context=16384&kv=q8_0', 16, 16_384, 'q8_0'],
    ['gpu=b200-180gb&count=12&keep=4&used=3', 12, undefined, 'f16'],
  ] as const)(
    'answers the what-if of an address: %s',
    async (query, count, context, kv) => {
      const { page, close } = await open(`/?${query}`)
      const keep = query.includes('keep=4') ? 4 : 2
      const used = query.includes('used=3') ? 3 : 0.8
      const total = 180 * GIB
      const card = LARGE.gpus[0]
      if (!card) throw new TypeError('no card')
      const gpus = Array.from({ length: count }, (_, index) => {
        const used_bytes = index === 0 ? Math.round(used * GIB) : 0
        return {
          ...card,
          index,
          total_bytes: total,
          free_bytes: total - used_bytes,
          used_bytes,
          budget_bytes: total,
        }
      })
      const options = {
        kv_type: kv,
        headroom_bytes: keep * GIB,
        ...(context === undefined ? {} : { context }),
      }
      const { recommendations } = recommend({ ...LARGE, gpus }, options)
      const shown = await page.locator('.rows .row').evaluateAll((rows) => rows.map((row) => row.id.slice(4)))
      expect(shown.filter(isModelId)).toEqual(
        recommendations.slice(0, shown.length).map(({ model }) => model),
      )
      await close()
    },
    120_000,
  )

  it('draws every bar to the scale of its number, and the limit where the room ends', async () => {
    const { page, close } = await open('/?context=8192')
    const widths = await page.locator('.rows .row').evaluateAll((rows) =>
      rows.slice(0, 10).map((row) => {
        const [lanes, bar] = [row.querySelector('.lanes'), row.querySelector('.bar')]
        return (bar?.getBoundingClientRect().width ?? 0) / (lanes?.getBoundingClientRect().width ?? 1)
      }),
    )
    const { recommendations } = recommend(LARGE, { context: 8192 })
    const end = 2048 * GIB * 1.12
    for (const [index, width] of widths.entries()) {
      const needed = recommendations[index]?.needed_bytes ?? 0
      // A bar of four parts is never thinner than its parts.
      if (needed / end > 0.05) expect(width).toBeCloseTo(needed / end, 2)
    }
    const line = await page
      .locator('.rows .row .limit')
      .first()
      .evaluate((each) => (each as HTMLElement).style.left)
    expect(parseFloat(line) / 100).toBeCloseTo((1998 * GIB) / end, 4)
    await close()
  }, 120_000)

  it('cuts names that are too long, never the build behind them', async () => {
    const { page, close } = await open('/?fits=0')
    const cut = await page.locator('.rows .name-line').evaluateAll((lines) =>
      lines.flatMap((line) => {
        const code = line.querySelector('code')
        const right = code?.getBoundingClientRect().right ?? Infinity
        return right > line.getBoundingClientRect().right + 1 ? [line.textContent] : []
      }),
    )
    expect(cut).toEqual([])
    await close()
  }, 120_000)

  it('is worked by the keyboard alone: search, slider, Back', async () => {
    const { page, faults, close } = await open()
    await page.keyboard.press('Control+K')
    await page.keyboard.type('qwen3 8b')
    await expect.poll(() => page.locator('.rows .row').count()).toBeLessThan(10)
    expect(page.url()).toContain('q=qwen3+8b')
    await page.keyboard.press('Escape')
    const slider = page.locator('#wide-context')
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('2,048 tokens, 2K')
    await expect.poll(() => page.url()).toContain('context=2048')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.url()).toContain('context=4096')
    await page.goBack()
    await expect.poll(() => page.url()).toContain('context=2048')
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('drops what-if values that are unknown or out of range', async () => {
    const { page, faults, close } = await open(
      '/?context=-5&kv=q9&gpu=nope&count=1e9&keep=NaN&tier=best&q=%3Cimg%20onerror%3D1%3E',
    )
    expect(await page.locator('#wide-machine').inputValue()).toBe('')
    expect(await page.locator('.empty h2').innerText()).toContain('<img onerror=1>')
    expect(await page.locator('img').count()).toBe(0)
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it('keeps the order while a slider is held, moves the bars, and orders anew when it is let go', async () => {
    const { page, faults, close } = await open('/?context=4096')
    const order = () => page.locator('.rows .row').evaluateAll((rows) => rows.map((row) => row.id.slice(4)))
    const widths = () =>
      page.locator('.rows .bar').evaluateAll((bars) => bars.map((bar) => (bar as HTMLElement).style.width))
    const [orderBefore, widthsBefore] = [await order(), await widths()]
    const box = await page.locator('#wide-context').boundingBox()
    if (!box) throw new TypeError('no slider')
    await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 8 })
    await expect.poll(widths).not.toEqual(widthsBefore)
    expect(await order()).toEqual(orderBefore)
    expect(page.url()).toContain('context=4096')
    await page.mouse.up()
    await expect.poll(() => page.url()).not.toContain('context=4096')
    await settled(page)
    const context = Number(new URL(page.url()).searchParams.get('context'))
    const { recommendations } = recommend(LARGE, { context })
    const after = await order()
    expect(after.filter(isModelId)).toEqual(recommendations.slice(0, after.length).map(({ model }) => model))
    await page.goBack()
    await expect.poll(() => page.url()).toContain('context=4096')
    expect(faults).toEqual([])
    await close()
  }, 120_000)

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'has no accessibility violation in %s at %i px',
    async (theme, width) => {
      const { page, faults, close } = await open('/', { theme, width })
      expect(await axeViolations(page)).toEqual([])
      await expectNoSidewaysScroll(page)
      expect(faults).toEqual([])
      await close()
    },
    120_000,
  )
})
