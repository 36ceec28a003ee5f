import type { ModelRow } from '../../catalog/index.js'
import { hasThinking, hasVision } from './catalog-words.js'
import type { Filters } from './what-if.js'

const TIERS = ['verified', 'compatible', 'experimental'] as const

/** Whether a model passes; every word of the search must be somewhere in its name, id or publisher. */
export function matchesFilters(model: ModelRow, wanted: Partial<Filters>): boolean {
  if (wanted.tools && (model.tier === 'experimental' || model.tools === false)) return false
  if (wanted.vision && !hasVision(model)) return false
  if (wanted.thinking && !hasThinking(model)) return false
  if (wanted.tier && TIERS.indexOf(model.tier) > TIERS.indexOf(wanted.tier)) return false
  if (wanted.family && model.family !== wanted.family) return false
  return wanted.q === undefined || matchesSearch(model, wanted.q)
}

const texts = new WeakMap<ModelRow, string>()

function matchesSearch(model: ModelRow, search: string): boolean {
  let text = texts.get(model)
  if (text === undefined) {
    text = plain(`${model.id} ${model.name} ${model.publisher} ${model.family}`)
    texts.set(model, text)
  }
  const found = text
  return search
    .toLowerCase()
    .trim()
    .split(/\s+/)
    .every((word) => found.includes(word))
}

/** Lower case, and hyphens as blanks, so that "gemma 4 26b" finds "gemma4:26b-a4b". */
function plain(text: string): string {
  const lower = text.toLowerCase()
  return `${lower} ${lower.replace(/[-:_]/g, ' ')}`.trim()
}
