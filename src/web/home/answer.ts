import type { Machine } from '../../machine.js'
import { formatContext, formatGib } from '../../units.js'
import { IS_STATIC } from '../state/page-mode.js'
import type { ListedRow } from '../state/ranking.js'
import { spareBytes } from '../bar/spare.js'
import { cardOf } from '../state/what-if-machine.js'
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
  const owner = imagined ? articleOf(machineName(here)) : 'your '
  if (here.gpus.length === 0) {
    const ram = here.ram.available_bytes
    const room =
      ram === null ? '' : `There is room for ${formatGib(Math.max(0, ram - asked.keep * 1024 ** 3), 0)}. `
    return {
      title: [
        `${imagined ? 'Without a graphics card:' : 'No graphics card found.'}`,
        best ? `${best.model.name} runs best on the processor.` : 'Nothing fits in system memory.',
      ],
      text: `${room}${summarise(rows, all, asked)} Small models still run well on a processor; expect slower answers.`,
    }
  }
  if (!best)
    return { title: [`Nothing fits on ${owner}${machineName(here)}.`], text: summarise(rows, all, asked) }
  return {
    title: [`Best on ${owner}${machineName(here)}:`, `${best.model.name}${spareWords(best)}.`],
    text: summarise(rows, all, asked),
  }
}

/** "an RTX 3060", "a Radeon", "2 × RTX 3090": letters that are spelled out begin as they sound. */
function articleOf(name: string): string {
  if (/^\d/.test(name)) return ''
  const vowel = /^[A-Z][A-Z0-9]/.test(name) ? /^[AEFHILMNORSX]/ : /^[AEIOU]/i
  return vowel.test(name) ? 'an ' : 'a '
}

function spareWords({ placement }: ListedRow): string {
  const spare = formatGib(Math.max(0, spareBytes(placement)))
  switch (placement.fit) {
    case 'gpu':
      return `, with ${spare} to spare`
    case 'multi_gpu':
      return `, across ${placement.devices.length} cards`
    case 'partial':
      return ', partly in system memory'
    default:
      return ', on the processor'
  }
}

function summarise(rows: readonly ListedRow[], all: number, asked: WhatIf): string {
  const count = (fits: readonly string[]) => rows.filter((row) => fits.includes(row.placement.fit)).length
  const whole = count(['gpu'])
  const several = count(['multi_gpu'])
  const slow = count(['partial', 'cpu'])
  const at =
    asked.context === undefined ? "at each model's own context" : `at ${formatContext(asked.context)} context`
  const parts = [`${whole} of ${all} models fit whole on one card ${at}`]
  if (several > 0) parts.push(`${several} across cards`)
  if (slow > 0) parts.push(`${slow} run slower with system memory`)
  if (whole + several === 0) return `${slow} of ${all} models run ${at}, with system memory.`
  return `${parts.join(', ')}.`
}
