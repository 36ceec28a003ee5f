import { describe, expect, it } from 'vitest'
import { recommend } from '../../src/recommend/index.js'
import { getModel, listModels } from '../../src/catalog/index.js'
import { BIG_MACHINE } from './fake-ports.js'
import { startFake } from './start.js'
import { isRecord } from './wire-shape.js'

const { ask } = await startFake()

async function list(path: string, member: string): Promise<Record<string, unknown>[]> {
  const { body } = await ask(path)
  const items = isRecord(body) ? body[member] : undefined
  return Array.isArray(items) ? items.filter(isRecord) : []
}

describe('/recommendations', () => {
  it('has the order of recommend --tools any, and numbers that agree with each other', async () => {
    const rows = await list('/api/model/recommendations', 'recommendations')
    const expected = recommend(BIG_MACHINE, { tools: 'any' }).recommendations
    expect(rows.map((row) => row['model'])).toEqual(expected.map((row) => row.model))
    for (const row of rows) {
      const options = Array.isArray(row['available_quantizations']) ? row['available_quantizations'] : []
      expect(options.map((option) => option.quantization)).toContain(row['recommended_quant'])
      for (const option of options) {
        expect(option.headroom_gb).toBeCloseTo(3072 - option.vram_required_gb, 2)
      }
    }
  })

  it('offers of a model the ends of what runs here, the default and the recommended build; all when asked', async () => {
    const short = await list('/api/model/recommendations?vram_gb=12', 'recommendations')
    const long = await list('/api/model/recommendations?vram_gb=12&include_all=true', 'recommendations')
    const labelsOf = (rows: Record<string, unknown>[], model: string): string[] => {
      const options = rows.find((row) => row['model'] === model)?.['available_quantizations']
      return Array.isArray(options) ? options.map((option) => String(option.quantization)) : []
    }
    expect(short.map((row) => row['model'])).toEqual(long.map((row) => row['model']))
    const [few, all] = [labelsOf(short, 'qwen3:8b'), labelsOf(long, 'qwen3:8b')]
    expect(all).toEqual(
      getModel('qwen3:8b')
        .builds.map(({ quantization }) => quantization)
        .filter((label) => all.includes(label)),
    )
    expect(all.length).toBeGreaterThan(10)
    expect(all).not.toContain('F16')
    expect(all).toEqual(expect.arrayContaining(few))
    expect(few).toEqual(expect.arrayContaining(['Q4_K_M', 'UD-IQ3_XXS']))
    expect(few.length).toBeLessThanOrEqual(4)
    expect(Math.max(...short.map((row) => labelsOf(short, String(row['model'])).length))).toBeLessThanOrEqual(
      4,
    )
  })

  it('leaves out what cannot call tools where that is asked', async () => {
    const rows = await list('/api/model/recommendations?tool_capable_only=true', 'recommendations')
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.every((row) => row['tool_capable'] === true)).toBe(true)
  })

  it('says in /gpu what is free, not what is there', async () => {
    expect((await ask('/api/model/gpu')).body).toMatchObject({
      detected: true,
      total_vram_gb: 4096,
      available_vram_gb: 3072,
    })
  })
})

describe('/catalog', () => {
  it('lists every model that has a build, with the need that /quantizations states', async () => {
    const rows = await list('/api/model/catalog', 'models')
    expect(rows.map((row) => row['name'])).toEqual(
      listModels()
        .filter(({ builds }) => builds.length > 0)
        .map(({ id }) => id),
    )
    const builds = await list('/api/model/qwen3%3A8b/quantizations', 'quantizations')
    const build = builds.find(({ is_default }) => is_default === true)
    const row = rows.find(({ name }) => name === 'qwen3:8b')
    expect(row?.['quantizations']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: build?.['level'], vram_required_gb: build?.['vram_required_gb'] }),
      ]),
    )
    expect(builds[0]?.['size_gb']).toBeCloseTo((getModel('qwen3:8b').builds[0]?.bytes ?? 0) / 1e9, 3)
  })

  it('offers of each the default and the ends of what is worth it, and every build when asked', async () => {
    const buildsOf = (row: Record<string, unknown>) =>
      Array.isArray(row['quantizations']) ? row['quantizations'] : []
    const short = await list('/api/model/catalog', 'models')
    for (const row of short) {
      const offered = buildsOf(row)
      expect(offered.filter(({ is_default }) => is_default)).toHaveLength(1)
      expect(offered.length).toBeLessThanOrEqual(3)
    }
    const qwen = short.find(({ name }) => name === 'qwen3:8b')
    expect(qwen && buildsOf(qwen).map(({ level }) => level)).toEqual(['Q8_0', 'Q4_K_M', 'UD-IQ3_XXS'])
    for (const row of await list('/api/model/catalog?all=true', 'models')) {
      const labels = listModels()
        .find(({ id }) => id === row['name'])
        ?.builds.map(({ quantization }) => quantization)
      expect(buildsOf(row).map(({ level }) => level)).toEqual(labels)
    }
  })

  it('is for a client to read in one go: a KiB a model, however many builds it has', async () => {
    for (const path of ['/api/model/catalog', '/api/model/recommendations?vram_gb=24']) {
      const { body } = await ask(path)
      expect(JSON.stringify(body).length).toBeLessThan(1024 * listModels().length)
    }
  })
})
