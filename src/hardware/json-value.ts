/** True for a JSON object (no list, no `null`). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A start of JSON is looked for at this many lines: tools print a handful of warnings before it. */
const MAX_STARTS = 40

/**
 * The JSON value in what a tool printed, or `undefined` where there is none.
 *
 * Tools print warnings before or after it, a byte order mark, or Python's NaN, which is no JSON.
 *
 * @example parseToolJson('WARNING: asleep\n{"card0": {}}\n') // { card0: {} }
 */
export function parseToolJson(text: string): unknown {
  const clean = text.replace(/^\uFEFF/, '').trim()
  const whole = tryParse(clean)
  if (whole !== undefined) return whole
  const starts = [...clean.matchAll(/^[ \t]*[[{]/gm)].slice(0, MAX_STARTS)
  for (const start of starts) {
    const rest = clean.slice(start.index)
    const end = Math.max(rest.lastIndexOf('}'), rest.lastIndexOf(']'))
    const value = tryParse(rest) ?? tryParse(rest.slice(0, end + 1))
    if (isRecord(value) || Array.isArray(value)) return value
  }
  return undefined
}

function tryParse(text: string): unknown {
  if (text === '') return undefined
  for (const candidate of [text, text.replace(/(?<=[:[,]\s*)-?(?:NaN|Infinity)\b/g, 'null')]) {
    try {
      const value: unknown = JSON.parse(candidate)
      return value ?? undefined
    } catch {
      // The next candidate, or none.
    }
  }
  return undefined
}

/** The value of the first of `names` that the object has; case, spaces and underscores do not count. */
export function lookUp(object: Record<string, unknown>, ...names: string[]): unknown {
  const byKey = new Map(Object.entries(object).map(([key, value]) => [simplify(key), value]))
  for (const name of names) {
    const value = byKey.get(simplify(name))
    if (value !== undefined) return value
  }
  return undefined
}

/** A text value with something in it, trimmed and at most 200 characters long; else `null`. */
export function readText(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value.replace(/\s+/g, ' ').trim()
  return text === '' || text.length > 200 ? null : text
}

function simplify(key: string): string {
  return key.toLowerCase().replace(/[\s_:]+/g, '')
}
