const SCALE: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  b: 1e9,
  t: 1e12,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

/**
 * The plain number behind a text such as `7.6B`, `32k`, `4.7 GiB` or `1_000`; undefined where there is none.
 *
 * @param tokens - Whether `k` means 1,024, as it does for context lengths.
 */
export function plainNumber(text: string, tokens = false): number | undefined {
  const match = /^([+-]?\d[\d_, ]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*([a-z]{1,3})?$/i.exec(text.trim())
  if (!match) return undefined
  // One comma before one, two or four digits and more is a decimal point; thousands have three.
  if (/^\d+,(\d{1,2}|\d{4,})$/.test(match[1] ?? '')) return undefined
  const unit = match[2]?.toLowerCase()
  const factor = unit === undefined ? 1 : tokens && unit === 'k' ? 1024 : SCALE[unit]
  if (factor === undefined) return undefined
  const value = Number((match[1] ?? '').replace(/[_, ]/g, '')) * factor
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : undefined
}

/** Advice for a value of the wrong type. */
export function typeHint(found: unknown, wanted: readonly string[], field: string, example: unknown): string {
  if (found === null) return `fill it in, or remove the field: unknown is absent${exampleText(example)}`
  if (wanted.includes('boolean') && typeof found === 'string') {
    if (/^(yes|y|on|true)$/i.test(found)) return 'write true, in lower case and without quotes'
    if (/^(no|n|off|false)$/i.test(found)) return 'write false, in lower case and without quotes'
  }
  if (wanted.includes('integer') || wanted.includes('number')) return numberHint(found, field, example)
  if (field.endsWith('bytes_shown')) return `write it with its unit, for example "${String(found)} GB"`
  if (typeof found === 'number' && /(release|date|checked)$/.test(field))
    return field.endsWith('release') ? 'write it as 2025-04 or 2025-04-28' : 'write it as 2025-08-28'
  if (wanted.includes('string') && (typeof found === 'number' || typeof found === 'boolean'))
    return `put it in double quotes: "${String(found)}"`
  if (
    wanted.includes('array') &&
    typeof found === 'string' &&
    /^[\w ./+:-]+$/.test(found) &&
    !field.endsWith('files')
  )
    return `write a list: [${found}]`
  if (wanted.includes('array') && found !== null)
    return `write one "- value" a line below it${exampleText(example)}`
  if (wanted.includes('object')) return 'write its fields below it, indented by two blanks'
  return `write ${wordsForTypes(wanted)}${exampleText(example)}`
}

function numberHint(found: unknown, field: string, example: unknown): string {
  const decimal = typeof found === 'string' ? decimalOf(found) : undefined
  if (decimal !== undefined) return `write ${decimal}`
  const gigabytes = typeof found === 'string' ? /^(\d+(?:\.\d+)?) ?GB$/i.exec(found)?.[1] : undefined
  if (gigabytes !== undefined && field.endsWith('memory_bytes'))
    return `the GB of a card are GiB: write ${Number(gigabytes) * 2 ** 30}`
  const plain =
    typeof found === 'string' ? plainNumber(found, /context|max$|default$/.test(field)) : undefined
  if (plain !== undefined) return `write the plain ${field.includes('bytes') ? 'bytes' : 'count'}: ${plain}`
  if (typeof found === 'number') {
    const billions = Math.round(found * 1e9)
    if (/bytes/.test(field)) return `write plain bytes: ${found} GB is ${billions}`
    if (/parameters/.test(field)) return `write the plain count: ${found} B is ${billions}`
    return `write a whole number, such as ${Math.round(found)}`
  }
  return `write the number without quotes, unit or words${exampleText(example)}`
}

/** `79.08` for `79.08%`, `79,08` or `79,08 %`; `8190735360` for `8.190.735.360`. */
function decimalOf(text: string): string | undefined {
  if (/^\d{1,3}(\.\d{3}){2,}$/.test(text)) return text.replaceAll('.', '')
  return (
    /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1] ??
    /^\d+,(\d{1,2}|\d{4,})( ?%)?$/.exec(text)?.[0].replace(',', '.').replace(/ ?%/, '')
  )
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  null: 'null',
}

/** `a whole number or a list` for `['integer', 'array']`. */
export function wordsForTypes(types: readonly string[]): string {
  return types.map((type) => TYPE_WORDS[type] ?? type).join(' or ')
}

export function exampleText(example: unknown): string {
  if (example === undefined || (typeof example === 'object' && example !== null)) return ''
  return `, for example ${JSON.stringify(example)}`
}
