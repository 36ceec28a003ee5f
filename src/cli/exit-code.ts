import type { ErrorCode } from '../errors.js'

/** Exit codes: 1 the answer is no, 2 wrong use, 3 something failed. */
const ANSWER_IS_NO: readonly ErrorCode[] = [
  'UNKNOWN_MODEL',
  'UNKNOWN_BUILD',
  'NOTHING_FITS',
  'GATE_CLOSED',
  'NO_SPACE',
  'BUSY',
]
const WRONG_USE: readonly ErrorCode[] = ['BAD_USAGE', 'CONTEXT_TOO_LONG']

export function exitCodeOf(code: ErrorCode): 1 | 2 | 3 {
  if (ANSWER_IS_NO.includes(code)) return 1
  return WRONG_USE.includes(code) ? 2 : 3
}
