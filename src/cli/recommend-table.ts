import { formatContext, formatGib, GIB } from '../units.js'
import type { Recommendation, RecommendResult } from '../recommend/index.js'
import type { Io } from './io.js'
import { describeProblem, summariseMachine } from './machine-lines.js'
import { formatTable } from './table.js'
import { wrap } from './wrap.js'

interface Layout {
  io: Io
  width: number
  limit: number
}

const COLUMNS = [
  { title: '#', align: 'right' },
  { title: 'Model', flexible: true },
  { title: 'Build' },
  { title: 'Tools' },
  { title: 'Quality', align: 'right' },
  { title: 'Context', align: 'right' },
  { title: 'GiB', align: 'right' },
  { title: 'Runs on' },
] as const

/** The answer as a person reads it: the machine, the ranked table, the first one's reasons, what to do next. */
export function formatRecommendations(result: RecommendResult, layout: Layout): string {
  const { io, width, limit } = layout
  const rows = result.recommendations.slice(0, limit)
  const lines = [...summariseMachine(result.machine).flatMap((line) => wrap(line, width)), '']
  const { problems } = result.machine
  for (const problem of problems) lines.push(...describeProblem(problem, io))
  for (const warning of result.warnings) lines.push(...paintWarning(warning, layout))
  if (problems.length + result.warnings.length > 0) lines.push('')
  if (rows.length === 0) lines.push(...nothingFits(width))
  else {
    lines.push(
      ...formatTable(COLUMNS, rows.map(cells), { width, paint: painter(io) }),
      '',
      ...footer(result, rows, layout),
    )
  }
  if (result.not_fitting) lines.push('', ...formatMisfits(result, layout))
  return `${lines.join('\n')}\n`
}

function cells(row: Recommendation): string[] {
  return [
    String(row.rank),
    row.model,
    row.quantization,
    row.tier,
    row.quality === null ? '?' : `${row.tie ? '≈ ' : ''}${row.quality.toFixed(0)}`,
    formatContext(row.context),
    (row.needed_bytes / GIB).toFixed(1),
    describeFit(row),
  ]
}

function describeFit({ placement }: Recommendation): string {
  switch (placement.fit) {
    case 'gpu':
      return 'GPU'
    case 'multi_gpu':
      return `${placement.devices.length} GPUs`
    case 'partial':
      return 'GPU+CPU'
    default:
      return 'CPU'
  }
}

function painter(io: Io) {
  return (text: string, row: number, column: number): string => {
    if (row < 0) return io.style('dim', text)
    if (column === 1) return io.style('bold', text)
    if (column !== 3) return text
    if (text.startsWith('verified')) return io.style('green', text)
    return text.startsWith('experimental') ? io.style('yellow', text) : text
  }
}

function footer(result: RecommendResult, rows: readonly Recommendation[], { width }: Layout): string[] {
  const first = rows[0]
  if (!first) return []
  const more = result.recommendations.length - rows.length
  return [
    ...wrap(`First because: ${first.why.join('; ')}.`, width),
    ...(rows.some((row) => row.tie) ? wrap('≈ within 3 points of the row above: a tie.', width) : []),
    ...(more > 0 ? [`${more} more fit: --limit ${result.recommendations.length}`] : []),
    '',
    `Get it:  llm-almanac install ${first.model}@${first.quantization}`,
  ]
}

function nothingFits(width: number): string[] {
  return wrap(
    'Nothing in the catalog fits. Close other programs, ask for a shorter --context, or try --all to see what is missing.',
    width,
  )
}

function paintWarning(warning: string, { io, width }: Layout): string[] {
  return wrap(`! ${warning}`, width).map((line) => io.style('yellow', line))
}

function formatMisfits(result: RecommendResult, { width, io }: Layout): string[] {
  const rows = (result.not_fitting ?? []).map((row) => [
    row.model,
    row.quantization,
    formatGib(row.needed_bytes),
    row.missing_bytes === null ? row.reason : formatGib(row.missing_bytes),
  ])
  if (rows.length === 0) return ['Everything else in the catalog fits too.']
  const columns = [
    { title: 'Does not fit' },
    { title: 'Build' },
    { title: 'Needs', align: 'right' },
    { title: 'Missing', flexible: true },
  ] as const
  return formatTable(columns, rows, { width, paint: (text, row) => (row < 0 ? io.style('dim', text) : text) })
}
