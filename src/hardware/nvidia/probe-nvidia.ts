import type { Problem } from '../../machine.js'
import type { CommandResult } from '../../process/run-command.js'
import { gpuFacts, type GpuFacts, type ProbeReport } from '../gpu-facts.js'
import { runProbe, type ProbeSource } from '../probe-source.js'
import { classifyFailure, classifyText, commandProblem } from '../problems.js'
import { NVIDIA_EXIT_CODES, NVIDIA_HINTS } from './nvidia-hints.js'
import { listMigDevices } from './mig-devices.js'
import { parseNvidiaList, type ListedCard } from './parse-nvidia-list.js'
import { parseNvidiaQuery, type NvidiaRow } from './parse-nvidia-query.js'
import { parseNvidiaXml, type NvidiaXmlCard } from './parse-nvidia-xml.js'

/** What nvidia-smi answered, merged; `missing` where it is not installed, which matters only if there is a card. */
export interface NvidiaReport extends ProbeReport {
  missing: boolean
}

/**
 * Asks nvidia-smi. The XML answer takes a second or more, so it is asked for only where the others do not suffice: a card
 * in MIG mode, or a query that was refused.
 */
export async function probeNvidiaSmi(source: ProbeSource): Promise<NvidiaReport> {
  const [query, list] = await Promise.all([runProbe(source, 'nvidia.query'), runProbe(source, 'nvidia.list')])
  const listed = parseNvidiaList(list.stdout)
  const rows = alignNumbers(parseNvidiaQuery(query.stdout), listed)
  const needsXml =
    rows.length === 0 || listed.some((card) => card.migProfiles.size > 0) || rows.some(isMigSuspect)
  const xml = needsXml && !isHung(query, list) ? await runProbe(source, 'nvidia.xml') : null
  const missing = query.not_found && list.not_found && (xml === null || xml.not_found)
  if (missing) return { gpus: [], problems: [], missing }
  const cards = xml === null ? [] : parseNvidiaXml(xml.stdout)
  const measured = mergeRows(rows, cards, listed)
  const inOrder = [...measured.values()].sort((a, b) => a.number - b.number)
  const gpus = inOrder.flatMap((row) => listMigDevices(row, cards, listed))
  return { gpus, problems: findProblems({ query, xml, rows, cards, gpus }), missing }
}

/** Where both calls hung, a third would only cost its limit again. */
function isHung(query: CommandResult, list: CommandResult): boolean {
  return query.timed_out && (list.timed_out || list.not_found)
}

/** A card in MIG mode has no load of its own; neither has a card under WSL, so this only asks for a closer look. */
function isMigSuspect(row: NvidiaRow): boolean {
  return (
    row.facts.utilization_percent === null &&
    /\b(?:A30|A100|H\d{3}|GH\d{3}|B\d{3}|GB\d{3}|RTX PRO \d{4})\b/.test(row.facts.name ?? '')
  )
}

/**
 * Numbers the rows as the list does. They are the same in number as a rule; where a card is listed that the query left out,
 * names tell which.
 */
function alignNumbers(rows: NvidiaRow[], listed: ListedCard[]): NvidiaRow[] {
  if (rows.length === 0 || listed.length <= rows.length) return rows
  const waiting = [...listed]
  return rows.map((row) => {
    const index = waiting.findIndex((card) => row.facts.name === null || card.name === row.facts.name)
    if (index < 0) return row
    const [card] = waiting.splice(0, index + 1).slice(-1)
    return { ...row, number: card?.number ?? row.number }
  })
}

/** One row a card, by nvidia-smi's number: the query's numbers, else the XML's; the list knows names only. */
function mergeRows(rows: NvidiaRow[], cards: NvidiaXmlCard[], listed: ListedCard[]): Map<number, NvidiaRow> {
  const merged = new Map<number, NvidiaRow>(rows.map((row) => [row.number, row]))
  for (const card of cards) {
    const row = merged.get(card.number)
    if (row === undefined || row.facts.total_bytes === null) merged.set(card.number, card)
    else
      merged.set(card.number, {
        ...row,
        facts: { ...row.facts, slot: card.facts.slot, device_id: card.facts.device_id },
      })
  }
  for (const { number, name } of listed) {
    const row = merged.get(number)
    if (row === undefined) {
      if (cards.length === 0) merged.set(number, listedRow(number, name))
    } else if (row.facts.name === null) {
      merged.set(number, { ...row, facts: { ...row.facts, name } })
    }
  }
  return merged
}

function listedRow(number: number, name: string): NvidiaRow {
  return { number, facts: gpuFacts('nvidia', 'nvidia.list', { name }), lost: false, absurd: false }
}

interface Answers {
  query: CommandResult
  xml: CommandResult | null
  rows: NvidiaRow[]
  cards: NvidiaXmlCard[]
  gpus: GpuFacts[]
}

function findProblems({ query, xml, rows, cards, gpus }: Answers): Problem[] {
  const problems: Problem[] = []
  if (rows.length === 0) {
    const answered = cards.length > 0
    const kind = classifyFailure(query, NVIDIA_EXIT_CODES)
    // An old driver that refuses a column is no problem where its XML answers the same question.
    if (!answered || kind === 'timed_out')
      problems.push(commandProblem('nvidia.query', query, kind, NVIDIA_HINTS))
    if (!answered && xml !== null && (xml.timed_out || gpus.length > 0)) {
      problems.push(commandProblem('nvidia.xml', xml, classifyFailure(xml, NVIDIA_EXIT_CODES), NVIDIA_HINTS))
    }
  }
  // The rows that were read are no part of what went wrong.
  const silent = { ...query, stdout: '' }
  const lost = rows.some((row) => row.lost) || classifyText(query.stdout + query.stderr) === 'gpu_lost'
  if (rows.length > 0 && lost) problems.push(commandProblem('nvidia.query', silent, 'gpu_lost', NVIDIA_HINTS))
  if ([...rows, ...cards, ...cards.flatMap((card) => card.instances)].some((row) => row.absurd)) {
    problems.push(commandProblem('nvidia.query', silent, 'bad_output', NVIDIA_HINTS))
  }
  if (
    rows.some((row) => row.facts.total_bytes === null) &&
    /\[Insufficient Permissions\]/i.test(query.stdout)
  ) {
    problems.push(commandProblem('nvidia.query', silent, 'permission_denied', NVIDIA_HINTS))
  }
  if (cards.some((card) => card.migEnabled && card.instances.length === 0)) {
    problems.push({
      probe: 'nvidia.xml',
      kind: 'no_devices',
      message: 'nvidia.xml: a card is in MIG mode and has no GPU instances',
      hint: 'Create instances with `nvidia-smi mig -cgi … -C`, or leave MIG mode with `nvidia-smi -mig 0`.',
    })
  }
  return problems
}
