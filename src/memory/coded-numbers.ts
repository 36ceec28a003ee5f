/** Base of the numbers in generated texts: the shortest that JavaScript reads itself. */
export const CODE_BASE = 36

/** Numbers of a coded list; nothing between two commas is 0. `readNumbers('-a,,1') // [-10, 0, 1]` */
export function readNumbers(text: string): number[] {
  return text.split(',').map((digits) => (digits === '' ? 0 : Number.parseInt(digits, CODE_BASE)))
}
