import type { Machine } from '../../machine.js'
import { devicesOf } from '../../memory/index.js'
import { formatContext, formatGib } from '../../units.js'
import { IS_STATIC } from '../state/page-mode.js'
import type { ListedRow } from '../state/ranking.js'
import { spareBytes } from '../bar/spare.js'
import { cardOf } from '../state/what-if-machine.js'
import { keepBytes } from '../state/what-if.js'
import type { WhatIf } from '../state/what-if.js'
import { machineName } from './machine-row.js'

export interface HomeAnswer {
  /** Lines of the headline. */
  title: readonly string[]
  text: string
}

/** What runs best here, with the number that decides. */
export function answerHome(
  here: Machine | null,
  asked: WhatIf,
  rows: readonly ListedRow[],
  all: number,
): HomeAnswer {
  if (here === null) return { title: ['What runs best here?'], text: 'Looking at this machine.' }
  const best = rows[0]
  const imagined = IS_STATIC || cardOf(asked) !== null
  const card = `${imagined ? articleOf(machineName(here)) : 'your '}${machineName(here)}`
  const text = summarise(rows, { all, asked, here })
  if (here.gpus.length === 0) {
    return {
      title: [imagined ? 'Without a graphics card:' : missingWords(here), processorWords(best, asked)],
      text: `${ramWords(here, asked)}${text}`,
    }
  }
  if (!devicesOf(here).some((device) => device.available_bytes !== null))
    return { title: [`The free memory of ${card} is unknown.`, processorWords(best, asked)], text }
  if (!best) return { title: [`Nothing fits on ${card}${atContext(asked)}.`], text }
  if (best.placement.fit === 'cpu')
    return { title: [`There is no room on ${card} now.`, processorWords(best, asked)], text }
  return { title: [`Best on ${card}:`, `${best.model.name}${spareWords(best)}.`], text }
}

/** A probe that fails on a card has found one; which, it cannot say. */
function missingWords({ problems }: Machine): string {
  const found = problems.some(({ kind }) => kind === 'driver_mismatch' || kind === 'gpu_lost')
  return found ? 'Your graphics card does not answer.' : 'No graphics card found.'
}

const atContext = ({ context }: WhatIf): string =>
  context === undefined ? '' : ` at ${formatContext(context)} context`

function processorWords(best: ListedRow | undefined, asked: WhatIf): string {
  return best ? `${best.model.name} runs best on the processor.` : `Nothing fits${atContext(asked)}.`
}

function ramWords({ ram }: Machine, { keep }: WhatIf): string {
  if (ram.available_bytes === null) return ''
  const room = formatGib(Math.max(0, ram.available_bytes - keepBytes({ keep })), 0)
  return `Small models still run well on a processor: there is room for ${room}. `
}

/** "an RTX 3060", "a Radeon", "2 × RTX 3090": letters that are spelled out begin as they sound. */
function articleOf(name: string): string {
  if (/^\d/.test(name)) return ''
  const vowel = /^[A-Z][A-Z0-9]/.test(name) ? /^[AEFHILMNORSX]/ : /^[AEIOU]/i
  return vowel.test(name) ? 'an ' : 'a '
}

function spareWords({ placement, verdict }: ListedRow): string {
  switch (placement.fit) {
    case 'gpu':
      return verdict.tone === 'good'
        ? `, with ${formatGib(Math.max(0, spareBytes(placement)))} to spare`
        : ', close to the limit'
    case 'multi_gpu':
      return `, across ${placement.devices.length} cards`
    case 'partial':
      return ', partly in system memory'
    default:
      return ', on the processor'
  }
}

interface Summarised {
  /** Models that are asked about. */
  all: number
  asked: WhatIf
  here: Machine
}

function summarise(rows: readonly ListedRow[], { all, asked, here }: Summarised): string {
  const count = (fits: readonly string[]) => rows.filter((row) => fits.includes(row.placement.fit)).length
  const whole = count(['gpu'])
  const several = count(['multi_gpu'])
  const slow = count(['partial', 'cpu'])
  const at = atContext(asked) || " at each model's own context"
  if (whole + several === 0) return `${slow} of ${all} models run${at}, in system memory.`
  const where = here.gpus.length > 1 ? ' on one card' : here.gpus[0]?.unified ? '' : ' on the card'
  const parts = [`${whole} of ${all} models fit whole${where}${at}`]
  if (several > 0) parts.push(`${several} across cards`)
  if (slow > 0) parts.push(`${slow} run slower with system memory`)
  return `${parts.join(', ')}.`
}
