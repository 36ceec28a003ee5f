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
    const [build] = await list('/api/model/qwen3%3A8b/quantizations', 'quantizations')
    const row = rows.find(({ name }) => name === 'qwen3:8b')
    expect(row?.['quantizations']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: build?.['level'], vram_required_gb: build?.['vram_required_gb'] }),
      ]),
    )
    expect(build?.['size_gb']).toBeCloseTo((getModel('qwen3:8b').builds[0]?.bytes ?? 0) / 1e9, 3)
  })
})
