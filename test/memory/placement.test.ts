import { describe, expect, it } from 'vitest'
import type { Gpu, Machine } from '../../src/machine.js'
import {
  bestQuantization,
  llamaServerArguments,
  longestContext,
  ollamaSettings,
  planPlacement,
  planSharedPlacement,
} from '../../src/memory/index.js'
import { GIB } from '../../src/units.js'
import { LLAMA_3_1_8B, memoryOf, QWEN_3_30B_A3B } from './models.js'

const LOAD = { context: 8192 }

function card(index: number, free_bytes: number | null, more: Partial<Gpu> = {}): Gpu {
  return {
    index,
    vendor: 'nvidia',
    name: `Card ${index}`,
    total_bytes: free_bytes,
    free_bytes,
    used_bytes: 0,
    utilization_percent: null,
    unified: false,
    budget_bytes: free_bytes,
    source: 'test',
    ...more,
  }
}

function machine(gpus: Gpu[], ram = 16 * GIB): Machine {
  const memory = { total_bytes: ram, available_bytes: ram }
  return { platform: 'linux', arch: 'x64', ram: memory, gpus, problems: [] }
}

describe('planPlacement', () => {
  const model = memoryOf(LLAMA_3_1_8B)
  const plan = (gpus: Gpu[], ram?: number) => planPlacement(model, LOAD, machine(gpus, ram))

  it.each([
    ['one card with room', [card(0, 12 * GIB)], undefined, 'gpu'],
    ['two cards that are too small alone', [card(0, 6 * GIB), card(1, 6 * GIB)], undefined, 'multi_gpu'],
    ['a card that holds some layers', [card(0, 5 * GIB)], undefined, 'partial'],
    ['no card', [], undefined, 'cpu'],
    ['no card and little RAM', [], 4 * GIB, 'none'],
    ['a card whose free memory is unknown', [card(0, null)], undefined, 'cpu'],
  ] as const)('puts it on %s', (_, gpus, ram, fit) => {
    expect(plan([...gpus], ram).fit).toBe(fit)
  })

  it('gives the larger of two unequal cards more layers', () => {
    const { devices } = plan([card(0, 5 * GIB), card(1, 7 * GIB)])
    expect(devices[1]?.needed_bytes).toBeGreaterThan(devices[0]?.needed_bytes ?? 0)
  })

  it('does not combine cards of two vendors', () => {
    const mixed = [card(0, 6 * GIB), card(1, 6 * GIB, { vendor: 'amd' })]
    expect(plan(mixed).fit).toBe('partial')
  })

  it('counts shared memory once: what the processor needs comes from the same pool', () => {
    const shared = card(0, 64 * GIB, { vendor: 'apple', unified: true })
    const { fit, devices, estimate } = plan([shared], 9 * GIB)
    expect(fit).toBe('gpu')
    expect(devices[0]?.available_bytes).toBe(9 * GIB)
    expect(devices[0]?.needed_bytes).toBeGreaterThan(estimate.gpu.total_bytes + estimate.host.total_bytes)
  })

  it('keeps experts on the processor before whole layers', () => {
    const placed = planPlacement(memoryOf(QWEN_3_30B_A3B), LOAD, machine([card(0, 12 * GIB)], 64 * GIB))
    expect(placed.fit).toBe('partial')
    expect(placed.gpu_layers).toBe('all')
    expect(placed.cpu_moe_layers).toBeGreaterThan(0)
  })

  it('leaves the headroom free on the card', () => {
    const { needed_bytes, headroom_bytes, available_bytes } = plan([card(0, 5 * GIB)])
    expect(needed_bytes + headroom_bytes).toBeLessThanOrEqual(available_bytes)
  })

  it('writes the commands that realise it', () => {
    const placement = plan([card(0, 12 * GIB)])
    expect(llamaServerArguments('m.gguf', LOAD, placement).join(' ')).toBe(
      'llama-server -m m.gguf -ngl 999 -c 8192 -np 1 -fa on --main-gpu 0 -sm none',
    )
    expect(ollamaSettings(LOAD, placement, 32)).toEqual({
      options: { num_ctx: 8192, num_gpu: 33 },
      environment: { OLLAMA_FLASH_ATTENTION: '1' },
    })
  })

  it('leaves a card alone that is too small for any part, and says so to llama.cpp', () => {
    const alone = plan([])
    const placement = plan([card(0, 1 * GIB)])
    expect(placement).toEqual(alone)
    expect(llamaServerArguments('m.gguf', LOAD, placement).join(' ')).toBe(
      'llama-server -m m.gguf -ngl 0 -c 8192 -np 1 -fa on --device none',
    )
  })

  it('finds the longest context that fits, and one step more does not', () => {
    const small = machine([card(0, 9 * GIB)])
    const longest = longestContext(model, {}, small) ?? 0
    expect(longest).toBeGreaterThan(0)
    expect(planPlacement(model, { context: longest }, small).fit).toBe('gpu')
    expect(planPlacement(model, { context: longest + 256 }, small).fit).not.toBe('gpu')
  })

  it('finds the best quantization that fits', () => {
    const builds = ['Q8_0', 'Q6_K', 'Q4_K_M'].map((quantization) => ({
      quantization,
      memory: memoryOf(LLAMA_3_1_8B, quantization),
    }))
    const best = bestQuantization(builds, LOAD, machine([card(0, 10.5 * GIB)]))
    expect(best?.build.quantization).toBe('Q6_K')
  })

  it('says of how many devices the estimate speaks', () => {
    const ofOne = plan([card(0, 12 * GIB)]).estimate.basis.assumptions
    const ofTwo = plan([card(0, 6 * GIB), card(1, 6 * GIB)]).estimate.basis.assumptions
    expect(ofOne.join(' ')).toMatch(/^One CUDA device; its context/)
    expect(ofTwo.join(' ')).toMatch(/^Several CUDA devices; the context of each/)
    expect(ofTwo.slice(1)).toEqual(ofOne.slice(1))
  })
})

describe('planSharedPlacement', () => {
  const model = memoryOf(LLAMA_3_1_8B)

  it('shares a model out as the plan does where it fits, and goes on where it does not', () => {
    const pair = machine([card(0, 5 * GIB), card(1, 7 * GIB)])
    expect(planSharedPlacement(model, LOAD, pair)?.devices).toEqual(planPlacement(model, LOAD, pair).devices)
    const long = { context: 131_072 }
    expect(planPlacement(model, long, pair).fit).not.toBe('multi_gpu')
    const needs = planSharedPlacement(model, long, pair)?.devices.map(({ needed_bytes }) => needed_bytes)
    expect(Math.max(...(needs ?? []))).toBeGreaterThan(7 * GIB)
  })

  it('has nothing to say of one card, or of cards of two vendors', () => {
    expect(planSharedPlacement(model, LOAD, machine([card(0, 64 * GIB)]))).toBeNull()
    const mixed = machine([card(0, 6 * GIB), card(1, 6 * GIB, { vendor: 'amd' })])
    expect(planSharedPlacement(model, LOAD, mixed)).toBeNull()
  })
})
