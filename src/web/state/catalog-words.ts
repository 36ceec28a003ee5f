import type { ModelRow } from '../../catalog/index.js'

/** `4_022_468_096` as `4.0B`, the way models are named. */
export function formatParameters(count: number): string {
  if (count >= 1e12) return `${(count / 1e12).toFixed(1)}T`
  if (count >= 1e9) return `${(count / 1e9).toFixed(count < 1e11 ? 1 : 0)}B`
  return `${Math.round(count / 1e6)}M`
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** `2025-04` or `2025-04-28` as `April 2025`. */
export function formatMonth(date: string): string {
  const [year = '', month = ''] = date.split('-')
  const name = MONTHS[Number(month) - 1]
  return name === undefined ? year : `${name} ${year}`
}

/** `LicenseRef-llama3.1` as `llama3.1 licence`; SPDX ids stay, without hyphens. */
export function formatLicence(id: string): string {
  const own = /^LicenseRef-(.+)$/.exec(id)?.[1]
  return own === undefined ? id.replaceAll('-', ' ') : `${own.replaceAll('-', ' ')} licence`
}

export const hasVision = (model: ModelRow): boolean => model.modalities.includes('image_in')
export const hasThinking = (model: ModelRow): boolean => model.thinking !== 'no'

const SMALL = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** A count that starts a sentence: words up to ten. */
export function countWord(count: number): string {
  return SMALL[count] ?? String(count)
}
