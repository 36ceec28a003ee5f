import { isKept, keepText } from './compact-data.js'
import { numberProblem, PLAIN_NUMBER, textProblem } from './scalar-problem.js'

type Value = string | number | boolean | Value[] | { [key: string]: Value }

interface Line {
  indent: number
  dash: boolean
  key: string | undefined
  value: string
}

/** Lines still to be read; the first is at `at`. */
interface Reader {
  lines: Line[]
  at: number
}

/** Thrown where the text is not plain; never leaves this file. */
class NotPlain extends Error {}

/** Blanks, at most one dash, and `field:`, `field: value` or, after a dash, a value. */
const LINE = /^( *)(- )?(?:([A-Za-z_][A-Za-z0-9_.]*):(?: +(.*))?|(.+))$/

/**
 * Reads the part of YAML that nearly every file of the catalog keeps to, twenty times as fast as a full parser:
 * maps and lists in blocks, plain and double-quoted texts of one line, lists of plain texts in brackets. Returns
 * undefined for everything else, and for whatever might be a mistake: the full parser then decides and explains.
 */
export function parsePlainYaml(text: string): { [key: string]: Value } | undefined {
  try {
    const reader: Reader = { lines: text.split('\n').flatMap(readLine), at: 0 }
    const data = readMap(reader, 0)
    return reader.at === reader.lines.length && reader.at > 0 ? data : undefined
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

function readLine(text: string): Line[] {
  if (/^ *(#.*)?$/.test(text)) return []
  const match = LINE.exec(text)
  if (!match) throw new NotPlain()
  const [, blanks = '', dash, key, value, item] = match
  if (item !== undefined && dash === undefined) throw new NotPlain()
  return [{ indent: blanks.length, dash: dash !== undefined, key, value: (value ?? item ?? '').trimEnd() }]
}

function readMap(reader: Reader, indent: number): { [key: string]: Value } {
  const map: { [key: string]: Value } = {}
  for (let line = reader.lines[reader.at]; line && line.indent >= indent; line = reader.lines[reader.at]) {
    const { key } = line
    if (line.indent !== indent || line.dash || key === undefined || Object.hasOwn(map, key))
      throw new NotPlain()
    if (key === '__proto__') throw new NotPlain()
    reader.at += 1
    map[key] = readValue(reader, line)
  }
  return map
}

function readList(reader: Reader, indent: number): Value[] {
  const list: Value[] = []
  for (let line = reader.lines[reader.at]; line && line.indent >= indent; line = reader.lines[reader.at]) {
    if (line.indent !== indent || !line.dash) throw new NotPlain()
    if (line.key === undefined) {
      reader.at += 1
      list.push(readValue(reader, line))
      continue
    }
    reader.lines[reader.at] = { ...line, indent: indent + 2, dash: false }
    list.push(readMap(reader, indent + 2))
  }
  return list
}

/** The value of a line that has been passed: what stands on it, else the deeper lines below it. */
function readValue(reader: Reader, { indent, value }: Line): Value {
  const next = reader.lines[reader.at]
  const deeper = next !== undefined && next.indent > indent
  if (value !== '') {
    // A deeper line would continue the text.
    if (deeper) throw new NotPlain()
    return value.startsWith('[') ? readBrackets(value) : readScalar(value)
  }
  if (!deeper) throw new NotPlain()
  return next.dash ? readList(reader, next.indent) : readMap(reader, next.indent)
}

function readBrackets(value: string): Value[] {
  const inside = /^\[ *([^[\]{}"'#&*!|>%@`]*?) *\]$/.exec(value)?.[1]
  if (inside === undefined) throw new NotPlain()
  if (inside === '') return []
  return inside.split(/ *, */).map((item) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9 ._/+:-]*$/.test(item) || item.endsWith(':')) throw new NotPlain()
    return readScalar(item)
  })
}

function readScalar(value: string): Value {
  const quoted = /^"([^"\\]*)"$/.exec(value)?.[1]
  if (quoted !== undefined) return checkedText(quoted)
  if (value === 'true' || value === 'false') return value === 'true'
  if (PLAIN_NUMBER.test(value)) {
    if (numberProblem(Number(value), value)) throw new NotPlain()
    return Number(value)
  }
  const isDate = /^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$/.test(value)
  const mayBeOther = /^[-+.]?[0-9][0-9_.,:eExXoO+-]*$|^(null|true|false|yes|no|on|off)$/i.test(value)
  if (!/^[A-Za-z0-9/]/.test(value) || (mayBeOther && !isDate)) throw new NotPlain()
  if (/: |:$| #|\t|\r/.test(value)) throw new NotPlain()
  return checkedText(value)
}

function checkedText(text: string): string {
  if (isKept(text)) return text
  if (textProblem(text)) throw new NotPlain()
  return keepText(text)
}
