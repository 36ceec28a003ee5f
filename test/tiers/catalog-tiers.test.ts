import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { computeTier } from '../../src/tiers/index.js'
import type { Tier, TierInput } from '../../src/tiers/types.js'
import { RULE } from './rule.js'

const ROOT = 'catalog/models'

function readModels(): [string, TierInput][] {
  return readdirSync(ROOT).flatMap((family) =>
    readdirSync(`${ROOT}/${family}`)
      .filter((file) => file !== 'family.yaml')
      .map((file): [string, TierInput] => [
        `${family}:${file.slice(0, -'.yaml'.length)}`,
        parse(readFileSync(`${ROOT}/${family}/${file}`, 'utf8')) as TierInput,
      ]),
  )
}

const models = new Map(existsSync(ROOT) ? readModels() : [])
const RANK: Record<Tier, number> = { experimental: 0, compatible: 1, verified: 2 }
const ODD = [0, 50, 100]

function model(id: string): TierInput {
  const found = models.get(id)
  if (!found) throw new Error(`${id} is not in the catalog`)
  return found
}

/** The model with one benchmark row gone, or changed to each odd value. */
function* withOneOddScore(input: TierInput): Generator<TierInput> {
  const evidence = input.evidence ?? []
  for (const [index, row] of evidence.entries()) {
    if (row.kind !== 'benchmark') continue
    yield { ...input, evidence: evidence.filter((_, at) => at !== index) }
    for (const value of ODD)
      yield { ...input, evidence: evidence.map((other, at) => (at === index ? { ...other, value } : other)) }
  }
}

describe('tiers of the catalog', () => {
  it.each<[string, Tier[]]>([
    ...['qwen3:8b', 'qwen3:14b', 'qwen3:32b', 'qwen3:30b-a3b', 'qwen3:235b-a22b'].map(
      (id): [string, Tier[]] => [id, ['verified', 'compatible']],
    ),
    ['gpt-oss:20b', ['verified', 'compatible']],
    ['gpt-oss:120b', ['verified', 'compatible']],
    ['mixtral:8x7b', ['compatible', 'experimental']],
    ['phi4:14b', ['compatible', 'experimental']],
    ['llama3.1:8b', ['compatible', 'experimental']],
    ['qwen2.5-coder:7b', ['compatible', 'experimental']],
    ['qwen2.5-coder:32b', ['compatible', 'experimental']],
    ['gemma2:9b', ['experimental']],
    ['deepseek-r1:7b', ['experimental']],
    ['deepseek-r1:70b', ['experimental']],
  ])('%s is one of %j, whichever single score is odd', (id, allowed) => {
    const input = model(id)
    expect(allowed).toContain(computeTier(input, RULE).tier)
    for (const odd of withOneOddScore(input)) expect(allowed).toContain(computeTier(odd, RULE).tier)
  })

  it('moves no model by two tiers for one odd score', () => {
    for (const input of models.values()) {
      const before = RANK[computeTier(input, RULE).tier]
      for (const odd of withOneOddScore(input))
        expect(RANK[computeTier(odd, RULE).tier] - before).toBeLessThan(2)
    }
  })
})
