import { CODE_BASE } from '../../../src/memory/coded-numbers.js'

/** Whole numbers as the shortest text that `readNumbers` reads: zeros are left out where they can be. */
export function codeNumbers(numbers: readonly number[]): string {
  const text = numbers.map((number) => (number === 0 ? '' : number.toString(CODE_BASE))).join(',')
  return text.replace(/,+$/, '')
}
