const MAX_SHOWN = 60

/** Control, bidirectional and invisible characters, the two line separators, and every blank but the plain one. */
const UNPRINTABLE = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** `U+2028` for the character at the start of a text. */
export function codePointName(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Text that cannot move the cursor or turn the writing direction when printed. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => codePointName(character))
}

/** A value as a message quotes it: JSON, cut at 60 characters. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'object') return 'a map of fields'
  if (typeof value === 'number') return String(value)
  const text = printable(JSON.stringify(value) ?? String(value))
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…"` : text
}
