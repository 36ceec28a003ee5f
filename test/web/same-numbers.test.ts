import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GPUS } from '../../generated/gpus.js'
import { getModel } from '../../src/catalog/index.js'
import type { ModelId } from '../../src/catalog/index.js'
import { formatGib, GIB } from '../../src/units.js'
import { launchBrowser } from './find-browser.js'
import { openPage, settled } from './open-page.js'
import { runJson } from './run-cli.js'
import { startLive } from './start-live.js'
import type { LiveServer } from './start-live.js'

const browser = await launchBrowser()

interface Recommended {
  recommendations: { model: ModelId; quantization: string; needed_bytes: number }[]
}

/** Numbers that look random and are the same in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const CONTEXTS = [3000, 4096, 8192, 12_288, 20_000, 32_768, 65_536, 131_072]
const KV = ['f16', 'q8_0', 'q4_0']
const CARDS = Object.values(GPUS).filter(
  ({ vendor, memory_kind }) => vendor === 'nvidia' && memory_kind === 'dedicated',
)

/** A what-if as an address, and as options of the command line. */
function makeWhatIf(seed: number): { query: string; argv: string[] } {
  const random = createRandom(seed)
  const context = random(4) === 0 ? null : CONTEXTS[random(CONTEXTS.length)]
  const kv = KV[random(KV.length)] ?? 'f16'
  const query = new URLSearchParams({ kv })
  const argv = ['--kv-type', kv]
  if (context) {
    query.set('context', String(context))
    argv.push('--context', String(context))
  }
  if (seed % 2 === 0) return { query: query.toString(), argv }
  const card = CARDS[random(CARDS.length)]
  if (!card) throw new TypeError('no card')
  const used = random(4)
  const ram = 8 * (1 + random(12))
  query.set('gpu', card.id)
  query.set('used', String(used))
  query.set('ram', String(ram))
  // The page leaves a quarter of an imagined machine's memory to its system.
  argv.push('--vram', `${card.memory_bytes - used * GIB}B`, '--ram', `${ram * 0.75}GiB`)
  return { query: query.toString(), argv }
}

describe.skipIf(browser === null)('the numbers of the page', () => {
  let server: LiveServer
  let page: Page
  let close: () => Promise<void>
  let faults: string[]

  beforeAll(async () => {
    server = await startLive()
    if (!browser) return
    ;({ page, close, faults } = await openPage(browser, server.url))
    await settled(page)
  }, 120_000)
  afterAll(async () => {
    await close?.()
    await browser?.close()
    await server.close()
  })

  /** Goes to an address as Back does, without loading the page again. */
  const goTo = async (path: string) => {
    await page.evaluate((url) => {
      history.pushState(null, '', url)
      window.dispatchEvent(new PopStateEvent('popstate'))
    }, path)
    await settled(page)
  }

  it('are those of recommend --json for twenty what-ifs', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { query, argv } = makeWhatIf(seed)
      await goTo(`/?${query}`)
      const shown = await page
        .locator('.rows .row')
        .evaluateAll((rows) =>
          rows.map((row) => [
            row.getAttribute('data-build'),
            row.querySelector('.amount')?.firstChild?.textContent,
          ]),
        )
      const replay = ['recommend', '--replay', server.recording, ...argv]
      const { recommendations } = await runJson<Recommended>(replay)
      const expected = recommendations
        .slice(0, 40)
        .map((row) => [`${row.model}@${row.quantization}`, formatGib(row.needed_bytes)])
      expect([query, ...shown]).toEqual([query, ...expected])
    }
    expect(faults).toEqual([])
  }, 120_000)

  it.each(['qwen3:8b', 'gemma3:12b', 'gpt-oss:20b', 'qwen3.5:9b'] as const)(
    'are those of estimate --json on the page of %s',
    async (id) => {
      const model = getModel(id)
      const random = createRandom(id.length)
      const kv = KV[random(KV.length)] ?? 'f16'
      await goTo(`/m/${id.replace(':', '/')}?kv=${kv}`)
      await page.getByText('Show these numbers as a table').click()
      for (const context of [2048, 8192, 32_768]) {
        const row = page.locator('.plot-table tbody tr', { hasText: `${context / 1024}K` }).first()
        const cells = await row.locator('td').allTextContents()
        const { gpu } = await runJson<{
          gpu: Record<'weights_bytes' | 'compute_bytes' | 'total_bytes', number>
        }>(['estimate', model.id, '--context', String(context), '--kv-type', kv])
        const cache = gpu.total_bytes - gpu.weights_bytes - gpu.compute_bytes
        expect(cells.slice(0, 3)).toEqual(
          [gpu.weights_bytes, cache, gpu.compute_bytes].map((bytes) => formatGib(bytes)),
        )
      }
    },
    120_000,
  )
})
