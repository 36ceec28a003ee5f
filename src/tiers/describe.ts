import type { BoardScore, MetricScore } from './scores.js'

const round = (value: number): string => String(Math.round(value))

const nameMetric = (metric: string): string => metric.replaceAll('_', ' ')

/** "3 of 4 BFCL metrics good: non live ast 88, live 80, multi turn 37, irrelevance 79". */
export function describeMetrics(scores: readonly MetricScore[], level: 'good' | 'fair', mode = ''): string {
  const reached = scores.filter((score) => score[level]).length
  const figures = scores.map(
    ({ metric, value }) => `${nameMetric(metric)} ${value === undefined ? 'not measured' : round(value)}`,
  )
  return `${reached} of ${scores.length} BFCL ${mode}metrics ${level}: ${figures.join(', ')}`
}

/** "Workunit local MCP 91, tau2-bench 66". */
export const describeBoards = (boards: readonly BoardScore[]): string =>
  boards.map(({ name, value }) => `${name} ${round(value)}`).join(', ')
