/**
 * Whether a client takes a gzip body (RFC 9110, section 12.5.3): named, or by `*`, and not with a weight of 0.
 *
 * @param header - `Accept-Encoding`; absent: the client said nothing, and gets plain bytes.
 * @example acceptsGzip('gzip, deflate, br') // true
 * @example acceptsGzip('gzip;q=0, *') // false
 */
export function acceptsGzip(header: string | undefined): boolean {
  const weights = new Map<string, number>()
  for (const item of (header ?? '').split(',')) {
    const [coding = '', ...parameters] = item.toLowerCase().split(';')
    const weight = parameters.map((text) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean)
    weights.set(coding.trim(), weight === undefined ? 1 : Number(weight))
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}
