/**
 * A value as TypeScript source: JSON, with the characters escaped that end a line of JavaScript, and without
 * the key that would set a prototype.
 */
export function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replace(/([{,])"__proto__":/g, '$1["__proto__"]:')
}

/** One line a row, so that a change of one row is a change of one line. */
export function listLiteral(rows: readonly unknown[]): string {
  return rows.length === 0 ? '[]' : `[\n${rows.map((row) => `  ${literal(row)},\n`).join('')}]`
}

/** One line an entry, in the order given. */
export function recordLiteral(entries: readonly (readonly [key: string, value: unknown])[]): string {
  const lines = entries.map(([key, value]) => `  ${literal(key)}: ${literal(value)},\n`)
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}}`
}
