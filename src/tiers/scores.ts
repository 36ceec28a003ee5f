import type { Evidence, TierRule } from './types.js'

/** One metric of the Berkeley leaderboard, averaged over its versions. */
export interface MetricScore {
  metric: string
  /** Percent; absent where nobody measured it. */
  value?: number
  good: boolean
  fair: boolean
  rows: Evidence[]
}

type Mode = 'fc' | 'prompt'
type MetricRule = TierRule['bfcl']['metrics'][number]

/** Vendors' own figures carry no version that could be compared, or no mode. */
const isLeaderboard = (name: string): boolean => /^BFCL v\d+\b/.test(name) && !/vendor/i.test(name)

/** A score outside 0 to 100 is a slip of the pen and counts for nothing. */
export function readScore(row: Evidence): number | undefined {
  const { kind, value } = row
  if (kind !== 'benchmark' || typeof value !== 'number') return undefined
  return value >= 0 && value <= 100 ? value : undefined
}

export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Every metric of the rule in one mode, measured or not. */
export function scoreLeaderboard(
  evidence: readonly Evidence[],
  mode: Mode,
  rule: TierRule['bfcl'],
): MetricScore[] {
  const rows = evidence.filter((row) => isLeaderboard(row.name) && row.mode === mode)
  return rule.metrics.map((metric) => scoreMetric(rows, metric))
}

/** The mean of a metric's rows; where it has none, the mean of those that stand in for it, if all are there. */
function scoreMetric(all: readonly Evidence[], rule: MetricRule): MetricScore {
  const named = (metric: string): Evidence[] =>
    all.filter((row) => row.metric === metric && readScore(row) !== undefined)
  let rows = named(rule.metric)
  if (rows.length === 0) {
    const groups = (rule.instead ?? []).map(named)
    if (groups.every((group) => group.length > 0)) rows = groups.flat()
  }
  const value = mean(rows.map((row) => readScore(row) ?? 0))
  return {
    metric: rule.metric,
    ...(value === undefined ? {} : { value }),
    good: value !== undefined && value >= rule.good,
    fair: value !== undefined && value >= rule.fair,
    rows,
  }
}

/** Another board in fc mode: the mean of its metrics, all of which must be there. */
export interface BoardScore {
  name: string
  value: number
  strong: boolean
  weak: boolean
  rows: Evidence[]
}

export function scoreBoards(evidence: readonly Evidence[], rule: TierRule): BoardScore[] {
  return rule.other_boards.flatMap((board) => {
    const groups = board.metrics.map((metric) =>
      evidence.filter(
        (row) =>
          row.name === board.name &&
          row.mode === 'fc' &&
          row.metric === metric &&
          readScore(row) !== undefined,
      ),
    )
    if (groups.some((group) => group.length === 0)) return []
    const value = mean(groups.map((group) => mean(group.map((row) => readScore(row) ?? 0)) ?? 0)) ?? 0
    const { name, strong, weak } = board
    return [{ name, value, strong: value >= strong, weak: value >= weak, rows: groups.flat() }]
  })
}
