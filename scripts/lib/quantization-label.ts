/** Ollama's spellings of labels. */
const OLLAMA: Readonly<Record<string, string>> = { FP16: 'F16', FP32: 'F32' }

/**
 * The quantization that a file name or a tag states, or undefined: `qwen3:8b-q4_K_M` states Q4_K_M.
 *
 * @param labels - Labels that exist; the longest that matches wins, so `UD-Q4_K_XL` is not `Q4_K`.
 */
export function statedQuantization(name: string, labels: readonly string[]): string | undefined {
  const text = name.toUpperCase()
  const { label } = longestFirst(labels).find(({ wanted }) => states(text, wanted)) ?? {}
  return label === undefined ? undefined : (OLLAMA[label] ?? label)
}

function states(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text[at - 1] ?? '-'
    const after = text[at + wanted.length] ?? '-'
    if (!/[A-Z0-9]/.test(before) && !/[A-Z0-9_]/.test(after)) return true
  }
  return false
}

interface Wanted {
  label: string
  wanted: string
}

/** A catalog asks with one list for every file of every build. */
const sortedLists = new WeakMap<readonly string[], Wanted[]>()

function longestFirst(labels: readonly string[]): Wanted[] {
  const known = sortedLists.get(labels)
  if (known) return known
  const sorted = [...labels, ...Object.keys(OLLAMA)]
    .map((label) => ({ label, wanted: label.toUpperCase() }))
    .sort((a, b) => b.wanted.length - a.wanted.length)
  sortedLists.set(labels, sorted)
  return sorted
}
