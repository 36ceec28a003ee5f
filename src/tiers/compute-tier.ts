import { describeBoards, describeMetrics } from './describe.js'
import { nameFlags, nameIssues, openIssues, supportingFlags } from './observations.js'
import { findRefusal } from './refuse.js'
import { type BoardScore, type MetricScore, scoreBoards, scoreLeaderboard } from './scores.js'
import type { Evidence, Tier, TierDecision, TierInput, TierRule } from './types.js'

interface Weighed {
  model: TierInput
  rule: TierRule
  evidence: readonly Evidence[]
  metrics: MetricScore[]
  boards: BoardScore[]
  /** Open problems in Ollama that break the format of calls. */
  broken: Evidence[]
}

/**
 * How reliably a model calls tools, by the rule in catalog/tiers.yaml; the first test that applies decides.
 *
 * 1. Refused: an embedding model, no evidence, a template without tools, an open `no_tools` problem.
 * 2. verified: all BFCL metrics fair and `metrics_needed` of them good, or enough other boards strong; and no open
 *    broken format in Ollama. 3. compatible: `metrics_needed` fair, or one other board at least weak.
 * 4. Measured and below fair, or not measured: compatible only by what runtimes say. Else experimental.
 *
 * All metrics must be fair for verified so that one odd score can lift a model by one tier at most: with one metric
 * changed the others are fair already, which is compatible.
 *
 * @example gpt-oss:20b: four metrics fair, two open parse errors in Ollama: compatible.
 */
export function computeTier(model: TierInput, rule: TierRule): TierDecision {
  const refusal = findRefusal(model)
  if (refusal) return refusal
  const evidence = model.evidence ?? []
  const weighed: Weighed = {
    model,
    rule,
    evidence,
    metrics: scoreLeaderboard(evidence, 'fc', rule.bfcl),
    boards: scoreBoards(evidence, rule),
    broken: openIssues(evidence, ['broken_format'], 'ollama'),
  }
  return verify(weighed) ?? measure(weighed) ?? judgeLow(weighed) ?? judgeUnmeasured(weighed)
}

const decide = (tier: Tier, reason: string, decided_by: readonly Evidence[]): TierDecision => ({
  tier,
  reason: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
  decided_by: [...decided_by],
})

const count = (scores: readonly MetricScore[], level: 'good' | 'fair'): number =>
  scores.filter((score) => score[level]).length

const rowsOf = (scores: readonly { rows: Evidence[] }[]): Evidence[] => scores.flatMap(({ rows }) => rows)

function verify({ rule, metrics, boards, broken }: Weighed): TierDecision | undefined {
  if (broken.length > 0) return undefined
  const clean = 'no open broken format in Ollama'
  if (metrics.every(({ fair }) => fair) && count(metrics, 'good') >= rule.bfcl.metrics_needed)
    return decide('verified', `${describeMetrics(metrics, 'good')}; ${clean}`, rowsOf(metrics))
  const strong = boards.filter((board) => board.strong)
  if (strong.length >= rule.strong_boards_for_verified)
    return decide(
      'verified',
      `${strong.length} boards strong: ${describeBoards(strong)}; ${clean}`,
      rowsOf(strong),
    )
  return undefined
}

function measure({ rule, metrics, boards, broken }: Weighed): TierDecision | undefined {
  const problems = broken.length > 0 ? `; open problem: ${nameIssues(broken)}` : ''
  if (count(metrics, 'fair') >= rule.bfcl.metrics_needed)
    return decide('compatible', `${describeMetrics(metrics, 'fair')}${problems}`, [
      ...rowsOf(metrics),
      ...broken,
    ])
  const weak = boards.filter((board) => board.weak)
  if (weak.length > 0)
    return decide('compatible', `measured with tools: ${describeBoards(weak)}${problems}`, [
      ...rowsOf(weak),
      ...broken,
    ])
  return undefined
}

/** Measured with tools and below fair: runtimes and prompts may still make it useful. */
function judgeLow({ rule, evidence, metrics, boards, broken }: Weighed): TierDecision | undefined {
  const measured = [...rowsOf(metrics), ...rowsOf(boards)]
  if (measured.length === 0) return undefined
  const low =
    rowsOf(metrics).length > 0 ? describeMetrics(metrics, 'fair') : `weak: ${describeBoards(boards)}`
  const prompt = scoreLeaderboard(evidence, 'prompt', rule.bfcl)
  const flags = supportingFlags(evidence)
  if (count(prompt, 'fair') < rule.bfcl.metrics_needed) return decide('experimental', low, measured)
  if (flags.length === 0)
    return decide('experimental', `${low}; no runtime says that it supports tools`, measured)
  if (broken.length > 0)
    return decide('experimental', `${low}; open problem: ${nameIssues(broken)}`, [...measured, ...broken])
  return decide(
    'compatible',
    `${low}; but ${describeMetrics(prompt, 'fair', 'prompt-mode ')}, and ${nameFlags(flags)}`,
    [...measured, ...rowsOf(prompt), ...flags],
  )
}

function judgeUnmeasured({ model, rule, evidence }: Weighed): TierDecision {
  const flags = supportingFlags(evidence)
  const issues = openIssues(evidence, ['broken_format', 'unreliable'], 'ollama')
  if (flags.length === 0)
    return decide('experimental', 'not measured with tools, and no runtime says that it supports them', [])
  if (issues.length > 0)
    return decide('experimental', `not measured with tools; open problem: ${nameIssues(issues)}`, issues)
  if (model.parameters < rule.minimum_parameters_unmeasured) {
    const least = `${rule.minimum_parameters_unmeasured / 1e9} billion parameters`
    return decide('experimental', `not measured with tools, and smaller than ${least}`, flags)
  }
  return decide(
    'compatible',
    `not measured, but its template has tools and so say: ${nameFlags(flags)}`,
    flags,
  )
}
