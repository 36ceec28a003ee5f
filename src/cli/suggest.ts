import { createRequire } from 'node:module'

/** Loaded when something was mistyped: it would take a tenth of every start. */
function loadDistance(): (a: string, b: string) => number {
  const { distance }: typeof import('fastest-levenshtein') = createRequire(import.meta.url)(
    'fastest-levenshtein',
  )
  return distance
}

/** The known word that was probably meant, or undefined where none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const typed = word.slice(0, 80).toLowerCase()
  const begun = typed.length > 1 ? known.find((candidate) => candidate.startsWith(typed)) : undefined
  if (begun !== undefined) return begun
  const distance = loadDistance()
  let best: string | undefined
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1
  for (const candidate of known) {
    const away = distance(typed, candidate.toLowerCase())
    if (away < least) [best, least] = [candidate, away]
  }
  return best
}
