import { describe, expect, it } from 'vitest'
import { findModel, getQuantization, listModels } from '../../src/catalog/index.js'
import { recommend, simulateMachine } from '../../src/recommend/index.js'
import { GIB } from '../../src/units.js'
import { gpu, machine } from './machines.js'

const HEADROOM = 2 * GIB

describe('recommend', () => {
  it('keeps two GiB free on every device that it names', () => {
    for (const free of [6, 12, 24, 48]) {
      const { recommendations } = recommend(machine(64, [gpu(free)]))
      for (const row of recommendations.filter(({ fit }) => fit === 'gpu')) {
        expect(row.needed_bytes + HEADROOM).toBeLessThanOrEqual(free * GIB)
        expect(row.headroom_bytes).toBe(row.available_bytes - row.needed_bytes)
      }
    }
  })

  it('compares with free memory, not with the total', () => {
    const full = recommend(machine(4, [gpu(24, { free_bytes: 1 * GIB, used_bytes: 23 * GIB })]))
    expect(full.recommendations.filter(({ fit }) => fit === 'gpu')).toEqual([])
    expect(full.warnings.join(' ')).toContain('Too little free GPU memory')
  })

  it('still answers on a machine without a GPU, from system memory, and says so', () => {
    const { recommendations, warnings } = recommend(machine(16))
    expect(recommendations.length).toBeGreaterThan(10)
    expect(new Set(recommendations.map(({ fit }) => fit))).toEqual(new Set(['cpu']))
    expect(warnings[0]).toContain('No GPU')
  })

  it('plans nothing on a card whose free memory is unknown, and says so', () => {
    const blind = gpu(24, { free_bytes: null, used_bytes: null })
    const { recommendations, warnings } = recommend(machine(16, [blind]))
    expect(recommendations.every(({ fit }) => fit === 'cpu')).toBe(true)
    expect(warnings).toEqual(['The free memory of Test GPU is unknown, so nothing is planned on it.'])
  })

  it('shows one build of a model, and every one on request', () => {
    const one = recommend(machine(64, [gpu(24)])).recommendations.map(({ model }) => model)
    expect(new Set(one).size).toBe(one.length)
    const all = recommend(machine(64, [gpu(24)]), { all_builds: true, family: 'qwen3' }).recommendations
    expect(all.length).toBeGreaterThan(new Set(all.map(({ model }) => model)).size)
  })

  it('puts models that do not call tools last, and only unless asked not to', () => {
    const tiers = recommend(machine(64, [gpu(24)])).recommendations.map(({ tier }) => tier === 'experimental')
    expect(tiers).toEqual(tiers.toSorted((a, b) => Number(a) - Number(b)))
    const any = recommend(machine(64, [gpu(24)]), { tools: 'any' }).recommendations.map(
      ({ tier }) => tier === 'experimental',
    )
    expect(any).not.toEqual(any.toSorted((a, b) => Number(a) - Number(b)))
  })

  it('prefers a better model in Q4_K_M to a 3B in Q8_0, and a new 35B to an old 72B', () => {
    const { recommendations } = recommend(machine(128, [gpu(80)]))
    const place = (id: string) => recommendations.findIndex(({ model }) => model === id)
    expect(place('qwen3.6:35b-a3b')).toBeLessThan(place('qwen2.5:72b'))
    const small = recommend(machine(32, [gpu(12)])).recommendations
    expect(small[0]?.model).not.toBe('qwen2.5:3b')
    expect(small[0]?.quality ?? 0).toBeGreaterThan(findModel('qwen2.5:3b')?.quality?.index ?? 0)
  })

  it('never recommends embedding models, models without a build, or a context beyond the trained one', () => {
    const { recommendations } = recommend(machine(2048, [gpu(1024)]), { context: 65_536, all_builds: true })
    for (const { model: id } of recommendations) {
      const model = findModel(id)
      expect(model?.kind).toBe('chat')
      expect(model?.context.max).toBeGreaterThanOrEqual(65_536)
    }
  })

  it('never puts less than three bits per weight first where something else fits', () => {
    for (const free of [4, 6, 8, 10, 12, 16, 24, 32, 48, 80]) {
      const first = recommend(machine(16, [gpu(free)])).recommendations[0]
      if (!first) throw new Error('nothing fits')
      expect(getQuantization(first.quantization).tensor_bits_per_weight).toBeGreaterThanOrEqual(3)
    }
  })

  it.each([6, 8, 12, 24, 48])('loses no model and no point to a larger GPU beside %i GiB of RAM', (ram) => {
    let before = new Map<string, number>()
    for (const free of [0, 1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 48, 80, 128]) {
      const { recommendations } = recommend(simulateMachine(machine(ram), { vram_bytes: free * GIB }))
      const scores = new Map(recommendations.map(({ model, score }) => [model as string, score]))
      for (const [model, score] of before)
        expect(scores.get(model) ?? -Infinity).toBeGreaterThanOrEqual(score)
      before = scores
    }
  })

  it.each([0, 8, 12, 24])('loses no model and no point to more RAM beside a GPU of %i GiB', (free) => {
    let before = new Map<string, number>()
    for (const ram of [2, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256]) {
      const { recommendations } = recommend(simulateMachine(machine(ram), { vram_bytes: free * GIB }))
      const scores = new Map(recommendations.map(({ model, score }) => [model as string, score]))
      for (const [model, score] of before)
        expect(scores.get(model) ?? -Infinity).toBeGreaterThanOrEqual(score)
      before = scores
    }
  })

  it('treats gaps under three points as ties and says so', () => {
    const rows = recommend(machine(64, [gpu(24)])).recommendations
    rows.slice(1).forEach((row, index) => {
      const gap = Math.abs((row.quality ?? NaN) - (rows[index]?.quality ?? NaN))
      expect(row.tie).toBe(gap < 3)
      expect(row.why[0]?.includes('tie')).toBe(row.tie)
    })
  })

  it('says of everything that does not fit what is missing', () => {
    const { recommendations, not_fitting = [] } = recommend(machine(8, [gpu(8)]), {
      include_not_fitting: true,
    })
    const listed = new Set([...recommendations, ...not_fitting].map(({ model }) => model))
    const offered = listModels().filter(({ kind, builds }) => kind === 'chat' && builds.length > 0)
    expect(listed.size).toBe(offered.length)
    for (const row of not_fitting) {
      expect(row.reason).toMatch(/over at \d+K? context$/)
      expect(row.missing_bytes).toBe(row.needed_bytes + HEADROOM - row.available_bytes)
      expect(row.missing_bytes).toBeGreaterThan(0)
    }
  })

  it('says of a model that a context is too long for, not what memory is missing', () => {
    const { not_fitting = [] } = recommend(machine(64, [gpu(24)]), {
      context: 65536,
      include_not_fitting: true,
    })
    const row = not_fitting.find(({ model }) => model === 'qwen3:8b')
    expect(row).toMatchObject({ reason: 'trained for 40K context', missing_bytes: null })
  })

  it('filters by family and tier, and limits', () => {
    const rows = recommend(machine(64, [gpu(24)]), {
      family: 'qwen3',
      minimum_tier: 'verified',
      limit: 2,
    }).recommendations
    expect(rows).toHaveLength(2)
    for (const row of rows)
      expect(row).toMatchObject({ tier: 'verified', model: expect.stringMatching(/^qwen3:/) })
  })

  it('is a pure function: the same machine gives the same list', () => {
    expect(recommend(machine(64, [gpu(24)]))).toEqual(recommend(machine(64, [gpu(24)])))
  })
})
