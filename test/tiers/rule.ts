import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Evidence, TierRule } from '../../src/tiers/types.js'

interface Tiers {
  rule: TierRule
}

/** The rule as the catalog states it. */
export const RULE: TierRule = (parse(readFileSync('catalog/tiers.yaml', 'utf8')) as Tiers).rule

const SOURCE = 'https://example.org/board'
const DATE = '2026-01-15'

const METRICS = ['non_live_ast', 'live', 'multi_turn', 'irrelevance'] as const

/** Rows of one leaderboard run: non-live, live, multi-turn, irrelevance. */
export function run(scores: readonly number[], mode: 'fc' | 'prompt' = 'fc', name = 'BFCL v4'): Evidence[] {
  return scores.map((value, index) => score(name, METRICS[index] ?? 'overall', value, mode))
}

export const score = (
  name: string,
  metric: string,
  value: number,
  mode: 'fc' | 'prompt' = 'fc',
): Evidence => ({ kind: 'benchmark', name, metric, value, mode, date: DATE, source: SOURCE })

export const flag = (name: string, value: boolean, runtime = 'ollama'): Evidence => ({
  kind: 'support_flag',
  name,
  metric: 'tools',
  value,
  mode: 'fc',
  runtime,
  date: DATE,
  source: SOURCE,
})

export const issue = (
  severity: NonNullable<Evidence['severity']>,
  state: 'open' | 'closed' = 'open',
  runtime = 'ollama',
): Evidence => ({
  kind: 'known_issue',
  name: `${runtime}/tracker#17`,
  runtime,
  state,
  severity,
  date: DATE,
  source: SOURCE,
})
