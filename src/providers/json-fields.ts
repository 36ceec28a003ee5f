/** Longest name or label that is taken from a server. */
const MAX_TEXT = 1024

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of an untrusted object; `undefined` where there is no object or no own member. */
export function fieldOf(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const key of path) {
    if (!isRecord(current) || !Object.hasOwn(current, key)) return undefined
    current = current[key]
  }
  return current
}

/** A text that is not empty and not absurdly long, else `null`. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT ? value : null
}

/** A whole number above zero, else `null`: servers write 0 for what they do not know. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

export function booleanOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** A list; `null` counts as an empty one (a nil slice of Go), anything else is no list. */
export function listOf(value: unknown): readonly unknown[] | null {
  if (value === null) return []
  return Array.isArray(value) ? value : null
}

/** The texts of a list, others dropped. */
export function textsOf(value: unknown): string[] {
  return (listOf(value) ?? []).flatMap((item) => textOf(item) ?? [])
}

/**
 * A quantization as a provider says it: GGUF labels in their upper case, others (`4bit`) as given.
 *
 * @example labelOf('q4_k_m') // 'Q4_K_M'
 * @returns `null` for nothing, `unknown`, and what is no label.
 */
export function labelOf(value: unknown): string | null {
  const label = textOf(value)?.trim() ?? ''
  if (!/^[\w.+/@-]{1,40}$/.test(label) || /^(unknown|none|null)$/i.test(label)) return null
  return /^(ud-)?(i?q\d\w*|tq\d\w*|b?f(16|32)|mxfp4\w*|nvfp4)$/i.test(label) ? label.toUpperCase() : label
}
