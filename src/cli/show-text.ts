import type { BuildRow, ModelRow } from '../catalog/index.js'
import { formatContext, formatGib } from '../units.js'
import type { Io } from './io.js'
import { drawEstimate } from './estimate-lines.js'
import { estimateBuild } from './estimate-build.js'
import type { BuildEntry, ShowEntry } from './show-entry.js'
import { formatTable } from './table.js'
import { wrap } from './wrap.js'

const LABEL_WIDTH = 13
const EVIDENCE_SHOWN = 8

/** One model as a person reads it. */
export function describeModel(
  model: ModelRow,
  shown: ShowEntry,
  view: { io: Io; only: BuildRow | undefined },
): string {
  const { io } = view
  const width = Math.max(60, Math.min(io.columns, 100))
  const lines = [
    `${io.style('bold', model.name)}  ${model.id}`,
    ...wrap(model.description, width),
    '',
    ...facts(model, shown).flatMap(([label, text]) => fact(label, text, width)),
    '',
    ...buildTable(shown.builds, width, io),
  ]
  const build = view.only ?? model.builds.find((row) => row.default)
  if (build) {
    const estimate = estimateBuild(model, build, { context: model.context.default })
    lines.push(
      '',
      `Memory of ${build.quantization} at ${formatContext(model.context.default)} context:`,
      ...drawEstimate(estimate, io),
    )
  }
  if (view.only) lines.push('', ...fileLines(shown.builds))
  lines.push('', ...evidenceLines(shown, width), '', ...sourceLines(shown, width))
  return `${lines.join('\n')}\n`
}

function facts(model: ModelRow, shown: ShowEntry): [string, string][] {
  const active = model.active_parameters ? `, ${billions(model.active_parameters)} active` : ''
  const extended = model.context.extended
  const more = extended ? `, ${formatContext(extended.max)} with ${extended.method}` : ''
  return [
    ['Publisher', `${model.publisher}, ${model.release}, ${model.licence}`],
    ['Parameters', `${billions(model.parameters)}${active} (${model.architecture['general.architecture']})`],
    [
      'Context',
      `${formatContext(model.context.max)} trained, ${formatContext(model.context.default)} by default${more}`,
    ],
    ['Input', model.modalities.map((name) => name.replace('_in', '')).join(', ')],
    ['Thinking', { no: 'no', hybrid: 'can be switched on', yes: 'always' }[model.thinking]],
    ['Tools', toolsText(model.tools)],
    ['Tier', `${model.tier}: ${shown.tier_reason}`],
    ['Quality', qualityText(shown)],
  ]
}

function toolsText(tools: boolean | null): string {
  if (tools === null) return 'not known: copies of its template disagree'
  return tools ? 'its chat template supports them' : 'its chat template has none'
}

function qualityText({ quality }: ShowEntry): string {
  if (!quality) return 'not measured'
  const boards = quality.boards.map((board) => `${board.name} (${board.rows}, ${board.date})`).join(', ')
  const basis = quality.basis === 'measured' ? 'measured' : 'mostly a forecast'
  return `${quality.index.toFixed(1)} of 100, ± ${quality.standard_error.toFixed(1)}, ${basis}${boards ? `; rows from ${boards}` : ''}. Gaps under 3 points are ties.`
}

function fact(label: string, text: string, width: number): string[] {
  const [first = '', ...more] = wrap(text, width - LABEL_WIDTH)
  return [label.padEnd(LABEL_WIDTH) + first, ...more.map((line) => ' '.repeat(LABEL_WIDTH) + line)]
}

function billions(count: number): string {
  return count >= 1e9 ? `${(count / 1e9).toFixed(2)}B` : `${(count / 1e6).toFixed(0)}M`
}

const BUILD_COLUMNS = [
  { title: 'Build' },
  { title: 'Size', align: 'right' },
  { title: 'Basis' },
  { title: 'Kept' },
  { title: 'Ollama' },
  { title: 'Repository', flexible: true },
] as const

function buildTable(builds: readonly BuildEntry[], width: number, io: Io): string[] {
  if (builds.length === 0) return ['No local build is published.']
  const rows = builds.map((build) => [
    build.quantization + (build.default ? ' *' : ''),
    formatGib(build.bytes),
    build.bytes_basis,
    build.quality_label,
    build.ollama_tag?.replace(/^[^:]*:/, ':') ?? '',
    build.repo ?? '',
  ])
  return [
    ...formatTable(BUILD_COLUMNS, rows, {
      width,
      paint: (text, row) => (row < 0 ? io.style('dim', text) : text),
    }),
    '* the default',
  ]
}

function fileLines(builds: readonly BuildEntry[]): string[] {
  return builds.flatMap((build) =>
    build.files.flatMap((file) => [
      file.url ?? file.name,
      ...(file.sha256 ? [`  sha256 ${file.sha256}`] : []),
    ]),
  )
}

function evidenceLines(shown: ShowEntry, width: number): string[] {
  const deciding = shown.evidence.filter((item) => item.decided)
  const listed = (deciding.length > 0 ? deciding : shown.evidence).slice(0, EVIDENCE_SHOWN)
  if (listed.length === 0) return ['Evidence: none, so the tier is experimental.']
  const more = shown.evidence.length - listed.length
  return [
    deciding.length > 0 ? 'Evidence that decided the tier:' : 'Evidence, none of which decided the tier:',
    ...listed.flatMap((item) => {
      const value = item.value === null ? (item.state ?? '') : String(item.value)
      return [
        ...wrap(`${item.date} ${item.name} ${item.metric ?? ''} ${value}`, width, '  '),
        `    ${item.source}`,
      ]
    }),
    ...(more > 0 ? [`  and ${more} more: --json`] : []),
  ]
}

function sourceLines(shown: ShowEntry, width: number): string[] {
  return [
    'Sources:',
    ...shown.sources.flatMap((source) => [
      ...wrap(`${source.facts.join(', ')} (${source.checked})`, width, '  '),
      `    ${source.url}`,
    ]),
  ]
}
