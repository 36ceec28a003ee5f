import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeTier } from '../../src/tiers/index.js'
import type { Evidence, Tier, TierInput } from '../../src/tiers/types.js'
import { flag, issue, RULE, run, score } from './rule.js'

const LABEL = 'Ollama library label'
const NATIVE = 'llama.cpp native tool format'
const GOOD = [88, 80, 37, 79]
const FAIR = [75, 65, 9, 55]
const LOW = [48, 41, 6, 5]

const chat = (evidence: Evidence[], more: Partial<TierInput> = {}): TierInput => ({
  kind: 'chat',
  tools: true,
  parameters: 8_000_000_000,
  evidence,
  ...more,
})

const tierOf = (model: TierInput): Tier => computeTier(model, RULE).tier

describe('computeTier', () => {
  it.each<[string, Tier, TierInput]>([
    ['four good metrics', 'verified', chat(run(GOOD))],
    ['three good metrics and one fair', 'verified', chat(run([88, 80, 9, 79]))],
    ['three good metrics and one below fair', 'compatible', chat(run([88, 80, 2, 79]))],
    ['three good metrics and one not measured', 'compatible', chat(run(GOOD).slice(0, 3))],
    ['four fair metrics', 'compatible', chat(run(FAIR))],
    ['two fair metrics', 'experimental', chat(run([75, 65, 1, 10]))],
    ['an open broken format in Ollama', 'compatible', chat([...run(GOOD), issue('broken_format')])],
    ['a closed problem', 'verified', chat([...run(GOOD), issue('broken_format', 'closed')])],
    [
      'an open broken format elsewhere',
      'verified',
      chat([...run(GOOD), issue('broken_format', 'open', 'vllm')]),
    ],
    ['an open refusal', 'experimental', chat([...run(GOOD), issue('no_tools')])],
    ['a label that says no', 'experimental', chat([...run(GOOD), flag(LABEL, false)])],
    [
      'a card of another runtime that says no',
      'verified',
      chat([...run(GOOD), flag('Docker model card', false, 'docker')]),
    ],
    ['a template without tools', 'experimental', chat(run(GOOD), { tools: false })],
    ['an unknown template', 'experimental', chat(run(GOOD), { tools: null })],
    [
      'an unknown template with a native format',
      'verified',
      chat([...run(GOOD), flag(NATIVE, true, 'llama.cpp')], { tools: null }),
    ],
    [
      'a native format that the caller knows',
      'verified',
      chat(run(GOOD), { tools: null, native_format: true }),
    ],
    ['prompt mode only', 'experimental', chat(run(GOOD, 'prompt'))],
    [
      'low, but fair in prompt mode and flagged',
      'compatible',
      chat([...run(LOW), ...run(FAIR, 'prompt'), flag(LABEL, true)]),
    ],
    ['low and flagged only', 'experimental', chat([...run(LOW), flag(LABEL, true)])],
    [
      'low, fair in prompt mode, open problem',
      'experimental',
      chat([...run(LOW), ...run(FAIR, 'prompt'), flag(LABEL, true), issue('broken_format')]),
    ],
    ['one strong board', 'compatible', chat([score('Workunit local MCP', 'loop_overall', 99)])],
    ['a flag', 'compatible', chat([flag(LABEL, true)])],
    ['a flag and an open problem', 'experimental', chat([flag(LABEL, true), issue('unreliable')])],
    ['a flag on a small model', 'experimental', chat([flag(LABEL, true)], { parameters: 2_400_000_000 })],
    ['nothing', 'experimental', chat([])],
    ['an embedding model', 'experimental', chat(run(GOOD), { kind: 'embedding' })],
  ])('given %s says %s', (_, tier, model) => {
    expect(tierOf(model)).toBe(tier)
  })

  it('averages the versions of a board and takes no vendor figures', () => {
    const versions = [...run([60, 80, 37, 79]), ...run([90, 80, 37, 79], 'fc', 'BFCL v3')]
    expect(computeTier(chat(versions), RULE).reason).toContain('non live ast 75')
    expect(tierOf(chat(run(GOOD, 'fc', 'BFCL v3 (vendor-reported)')))).toBe('experimental')
  })

  it('lets the mean of simple and multiple stand in, only if both are there', () => {
    const others = run(GOOD).slice(1)
    const simple = score('BFCL v4', 'non_live_simple', 70)
    expect(tierOf(chat([...others, simple]))).toBe('compatible')
    expect(tierOf(chat([...others, simple, score('BFCL v4', 'non_live_multiple', 92)]))).toBe('verified')
  })

  it('takes two strong boards for verified', () => {
    const tau = ['airline', 'retail', 'telecom'].map((name) => score('tau2-bench', `${name}_pass_1`, 70))
    expect(tierOf(chat([score('Workunit local MCP', 'loop_overall', 90), ...tau]))).toBe('verified')
    expect(tierOf(chat(tau.slice(0, 2)))).toBe('experimental')
  })

  it('says in one sentence what decided, and lists it', () => {
    const decision = computeTier(chat([...run(GOOD), issue('broken_format')]), RULE)
    expect(decision.reason).toBe(
      '4 of 4 BFCL metrics fair: non live ast 88, live 80, multi turn 37, irrelevance 79; open problem: ollama/tracker#17 (broken format).',
    )
    expect(decision.decided_by).toHaveLength(5)
  })

  it('ignores a score outside 0 to 100', () => {
    expect(tierOf(chat([...run(FAIR), score('BFCL v3', 'multi_turn', 4000)]))).toBe('compatible')
  })

  it('lets no single score lift a model by two tiers', () => {
    const figure = fc.integer({ min: 0, max: 100 })
    const rows = fc.tuple(figure, figure, figure, figure, figure, fc.boolean(), fc.boolean())
    fc.assert(
      fc.property(rows, fc.nat(4), figure, ([a, b, c, d, loop, flagged, prompted], index, odd) => {
        const evidence = [
          ...run([a, b, c, d]),
          score('Workunit local MCP', 'loop_overall', loop),
          ...(flagged ? [flag(LABEL, true)] : []),
          ...(prompted ? run(FAIR, 'prompt') : []),
        ]
        const changed = evidence.map((row, at) => (at === index ? { ...row, value: odd } : row))
        const removed = evidence.filter((_, at) => at !== index)
        if (tierOf(chat(evidence)) !== 'experimental') return
        expect(tierOf(chat(changed))).not.toBe('verified')
        expect(tierOf(chat(removed))).not.toBe('verified')
      }),
      { numRuns: 3000 },
    )
  })
})
