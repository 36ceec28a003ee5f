/** A text from outside with its control and direction characters shown as `?`. */
export function printableText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
}

/** A name for a message: printable, at most 200 characters. */
export function shownName(name: string): string {
  return printableText(name.slice(0, 200))
}
