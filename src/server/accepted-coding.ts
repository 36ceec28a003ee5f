/** Codings that answers are kept in beside plain bytes, the preferred first. */
const CODINGS = ['br', 'gzip'] as const

export type Coding = (typeof CODINGS)[number]

/** More than any client sends; a longer list is not worth reading. */
const MAX_LENGTH = 500

/**
 * The coding to answer in: `br` before `gzip`, as the client's weights allow; `null` for plain bytes.
 *
 * @param header - `Accept-Encoding` (RFC 9110, 12.5.3).
 * @example acceptedCoding('gzip, deflate, br;q=0') // 'gzip'
 */
export function acceptedCoding(header: string | undefined): Coding | null {
  if (header === undefined || header.length > MAX_LENGTH) return null
  const weights = new Map(header.toLowerCase().split(',').map(parseEntry))
  const any = weights.get('*') ?? 0
  return CODINGS.find((coding) => (weights.get(coding) ?? any) > 0) ?? null
}

/** A weight that cannot be read counts as a refusal: plain bytes are never wrong. */
function parseEntry(entry: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = entry.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  if (weight === undefined) return [coding, 1]
  return [coding, /^[01](\.\d{0,3})?$/.test(weight) ? Number(weight) : 0]
}
