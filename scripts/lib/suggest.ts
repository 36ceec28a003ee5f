import { distance } from 'fastest-levenshtein'

/** The candidate that a person most likely meant, or undefined where none is near. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase()
  let best: { candidate: string; edits: number } | undefined
  for (const candidate of candidates) {
    const edits = distance(wanted, candidate.toLowerCase())
    if (!best || edits < best.edits) best = { candidate, edits }
  }
  const allowed = Math.max(1, Math.floor(Math.min(text.length, 12) / 3))
  return best && best.edits <= allowed ? best.candidate : undefined
}

/** `did you mean "x"?`, or the other advice where nothing is near. */
export function didYouMean(text: string, candidates: Iterable<string>, otherwise: string): string {
  const match = nearest(text, candidates)
  return match === undefined ? otherwise : `did you mean ${JSON.stringify(match)}?`
}
