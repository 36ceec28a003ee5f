import { describe, expect, it } from 'vitest'
import { decideGate, listRefusals } from '../../src/install/gate.js'
import type { GateQuestion } from '../../src/install/gate.js'
import { findModel } from '../../src/catalog/index.js'
import { explainLeftOutGpus, memoryOfBuild, planPlacement } from '../../src/memory/index.js'
import type { Placement } from '../../src/memory/index.js'
import { GIB } from '../../src/units.js'
import { gpu, machine } from '../recommend/machines.js'

function placementOf(id: string, quantization: string, on: ReturnType<typeof machine>): Placement {
  const model = findModel(id)
  const build = model?.builds.find((row) => row.quantization === quantization)
  if (!model || !build) throw new Error(`no ${id}@${quantization}`)
  return planPlacement(memoryOfBuild(model.architecture, build), { context: 8192 }, on)
}

function ask(more: Partial<GateQuestion> = {}): GateQuestion {
  return {
    placement: placementOf('qwen3:8b', 'Q4_K_M', machine(32, [gpu(24)])),
    left_out: [],
    context: 8192,
    context_max: 40_960,
    tier: 'verified',
    disk_needed_bytes: 5 * GIB,
    disk_free_bytes: 100 * GIB,
    installed_at: [],
    provider: { name: 'Ollama', running: true },
    ...more,
  }
}

describe('decideGate', () => {
  it('allows what fits, without a word', () => {
    expect(decideGate(ask())).toMatchObject({ verdict: 'allowed', fit: 'gpu', reasons: [] })
  })

  it.each([
    ['partly on the processor', machine(32, [gpu(5)]), 'partial'],
    ['on the processor', machine(32), 'cpu'],
  ] as const)('warns where it runs %s', (_where, on, code) => {
    const verdict = decideGate(ask({ placement: placementOf('qwen3:8b', 'Q4_K_M', on) }))
    expect(verdict.verdict).toBe('warned')
    expect(verdict.reasons.map((reason) => reason.code)).toEqual([code])
  })

  it('says why a card is not used whose free memory is unknown', () => {
    const on = machine(32, [gpu(0, { name: 'Quiet Card', total_bytes: 8 * GIB, free_bytes: null })])
    const placement = placementOf('qwen3:8b', 'Q4_K_M', on)
    expect(decideGate(ask({ placement, left_out: explainLeftOutGpus(on) })).reasons).toEqual([
      {
        code: 'cpu',
        message:
          'Runs on the processor at 8K context: slow. The free memory of Quiet Card is unknown, so nothing is planned on it.',
        overridable: true,
      },
    ])
  })

  it('refuses what runs nowhere, with the numbers, unless the user insists', () => {
    const verdict = decideGate(ask({ placement: placementOf('qwen3:8b', 'Q8_0', machine(4, [gpu(4)])) }))
    expect(verdict.verdict).toBe('refused')
    expect(verdict.reasons[0]?.message).toMatch(/needs \d+\.\d GiB .* room for \d/)
    expect(listRefusals(verdict, false)).toHaveLength(1)
    expect(listRefusals(verdict, true)).toEqual([])
  })

  it.each([
    [5 * GIB, []],
    [5 * GIB - 1, ['no_space']],
  ])('needs every byte of the disk: with %d free', (disk_free_bytes, codes) => {
    expect(decideGate(ask({ disk_free_bytes })).reasons.map(({ code }) => code)).toEqual(codes)
  })

  it('refuses where the disk is too small, whatever the user says', () => {
    const verdict = decideGate(ask({ disk_free_bytes: 4 * GIB }))
    expect(verdict.reasons[0]).toEqual({
      code: 'no_space',
      message: 'Not enough disk space: needs 5.0 GiB, 4.0 GiB are free. Free 1.0 GiB and try again.',
      overridable: false,
    })
    expect(listRefusals(verdict, true)).toHaveLength(1)
  })

  it('refuses where the provider does not run', () => {
    expect(decideGate(ask({ provider: { name: 'Ollama', running: false } })).reasons[0]?.code).toBe(
      'provider_absent',
    )
  })

  it('says where the build is already, and that a tier is experimental', () => {
    const verdict = decideGate(ask({ installed_at: ['lmstudio'], tier: 'experimental' }))
    expect(verdict.verdict).toBe('warned')
    expect(verdict.reasons.map((reason) => reason.code)).toEqual(['installed_elsewhere', 'tier_experimental'])
  })

  it('warns of a context beyond the trained one, and of a model without a forecast', () => {
    expect(decideGate(ask({ context: 65_536 })).reasons.map(({ code }) => code)).toContain('context_too_long')
    expect(decideGate(ask({ placement: null }))).toMatchObject({
      verdict: 'warned',
      fit: null,
      needed_bytes: null,
    })
  })
})
