import type { Content } from './content.js'

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
export function listLiteral(rows: readonly unknown[]): Content {
  return lines(['[', ']'], rows, (row) => `  ${literal(row)},\n`)
}

/** One line an entry, in the order given. */
export function recordLiteral(entries: Iterable<readonly [key: string, value: unknown]>): Content {
  return lines(['{', '}'], entries, ([key, value]) => `  ${literal(key)}: ${literal(value)},\n`)
}

/** A list or a map in brackets, one line an item; on one line where there is none. */
export function lines<Item>(
  [open, close]: readonly [open: string, close: string],
  items: Iterable<Item>,
  lineOf: (item: Item) => string,
): Content {
  return function* () {
    let before = `${open}\n`
    for (const item of items) {
      yield `${before}${lineOf(item)}`
      before = ''
    }
    yield before === '' ? close : `${open}${close}`
  }
}
