import { distance } from 'fastest-levenshtein'

/** The known word that was probably meant, or undefined where none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const typed = word.slice(0, 80).toLowerCase()
  const begun = typed.length > 1 ? known.find((candidate) => candidate.startsWith(typed)) : undefined
  if (begun !== undefined) return begun
  let best: string | undefined
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1
  for (const candidate of known) {
    const away = distance(typed, candidate.toLowerCase())
    if (away < least) [best, least] = [candidate, away]
  }
  return best
}
