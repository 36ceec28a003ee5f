/** Every code that an error of this package carries, and what it means. */
export const ERROR_CODES = {
  BAD_USAGE: 'The command, option or value is not one we know.',
  UNKNOWN_MODEL: 'No model of that name is in the catalog.',
  UNKNOWN_BUILD: 'The model has no build in that quantization.',
  NOTHING_FITS: 'No build fits the machine.',
  CONTEXT_TOO_LONG: 'The context is longer than the model was trained for.',
  FIELD_UNKNOWN: 'A fact that the calculation needs is not known.',
  BAD_FILE: 'A file is damaged, or not what it should be.',
  FILE_ERROR: 'A file could not be read or written.',
  HTTP_ERROR: 'A server answered with an error, or not at all.',
  TIMED_OUT: 'Something took longer than its limit.',
  TOO_LARGE: 'An answer was larger than its limit.',
  AUTH_REQUIRED: 'A server wants a token.',
  GATE_CLOSED: 'The download was refused; the message says why.',
  NO_SPACE: 'The disk has too little space.',
  HASH_MISMATCH: 'The bytes that arrived are not those announced.',
  PROVIDER_FAILED: 'A model server failed or is not running.',
  BUSY: 'Another process is doing the same.',
  CANCELLED: 'Interrupted before it was done.',
  INTERNAL: 'A bug in llm-almanac.',
} as const

export type ErrorCode = keyof typeof ERROR_CODES

/**
 * The one error class of this package: `message` says what and why in one line, `hint` what to do.
 * Messages are for people and never hold a stack trace or a token.
 */
export class AlmanacError extends Error {
  override readonly name = 'AlmanacError'
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
