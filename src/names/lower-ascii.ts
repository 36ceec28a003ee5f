/**
 * Lower case for ASCII letters only: names are compared as ASCII, and `toLowerCase` turns the Kelvin sign (U+212A)
 * into `k`.
 *
 * @example lowerAscii('Qwen3-4B') // 'qwen3-4b'
 */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
